package dev.shiplog.record.jackson;

import dev.shiplog.record.ObjectForm;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;

/**
 * Brings the classes of this package to where Jackson is, for an application that has shiplog in a
 * class loader that cannot see its Jackson (a server's own libraries): this package is defined anew
 * here, with the application's Jackson; all the rest of shiplog stays what it is.
 */
final class BridgeLoader extends ClassLoader {
  private static final String HERE = ObjectForms.class.getPackageName() + '.';
  private static final String SHIPLOG = "dev.shiplog.";

  private final ClassLoader own = ObjectForms.class.getClassLoader();

  BridgeLoader(ClassLoader application) {
    super(application);
  }

  ObjectForm detect() throws ReflectiveOperationException {
    Method detect = loadClass(ObjectForms.class.getName()).getDeclaredMethod("detect");
    detect.setAccessible(true);
    return (ObjectForm) detect.invoke(null);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(SHIPLOG)) {
      return super.loadClass(name, resolve);
    }
    if (!name.startsWith(HERE)) {
      return own.loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = own.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}

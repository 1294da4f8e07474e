package dev.shiplog.schema.encoder;

import dev.shiplog.record.RecordWriter;
import org.jspecify.annotations.Nullable;

/** A stack frame as {@link StackTraceElement#toString()} has it, without making the string. */
final class FrameText {
  private FrameText() {}

  static void append(StackTraceElement frame, boolean shorten, RecordWriter to) {
    appendOrigin(frame, to);
    if (shorten) {
      appendShort(frame.getClassName(), to);
    } else {
      to.append(frame.getClassName());
    }
    to.append('.');
    to.append(frame.getMethodName());
    String file = frame.getFileName();
    if (frame.isNativeMethod()) {
      to.append("(Native Method)");
    } else if (file == null) {
      to.append("(Unknown Source)");
    } else {
      to.append('(');
      to.append(file);
      if (frame.getLineNumber() >= 0) {
        to.append(':');
        to.append(frame.getLineNumber());
      }
      to.append(')');
    }
  }

  /** Class loader and module, where they are not the JDK's own. */
  private static void appendOrigin(StackTraceElement frame, RecordWriter to) {
    String loader = frame.getClassLoaderName();
    String module = frame.getModuleName();
    boolean named = loader != null && !loader.isEmpty() && !isBuiltIn(loader);
    if (named) {
      to.append(loader);
      to.append('/');
    }
    if (module != null && !module.isEmpty()) {
      to.append(module);
      String version = frame.getModuleVersion();
      if (version != null && !version.isEmpty() && !isJdk(module)) {
        to.append('@');
        to.append(version);
      }
      to.append('/');
    } else if (named) {
      to.append('/');
    }
  }

  private static boolean isBuiltIn(@Nullable String loader) {
    return "app".equals(loader) || "platform".equals(loader) || "boot".equals(loader);
  }

  private static boolean isJdk(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }

  /** {@code o.s.w.DispatcherServlet} for {@code org.springframework.web.DispatcherServlet}. */
  private static void appendShort(String className, RecordWriter to) {
    int from = 0;
    for (int dot = className.indexOf('.'); dot >= 0; dot = className.indexOf('.', from)) {
      if (dot > from) {
        to.append(className.substring(from, from + 1));
      }
      to.append('.');
      from = dot + 1;
    }
    to.append(className.substring(from));
  }
}

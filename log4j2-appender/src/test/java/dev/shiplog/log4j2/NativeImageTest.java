package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.DataInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.junit.jupiter.api.Test;

/** What Log4j's processor wrote while our plugins were compiled: for Log4j, and for GraalVM. */
final class NativeImageTest {
  private static final String PLUGINS =
      "/META-INF/org/apache/logging/log4j/core/config/plugins/Log4j2Plugins.dat";
  private static final String REFLECTION =
      "/META-INF/native-image/log4j-generated/dev.shiplog/shiplog-log4j2/reflect-config.json";

  private static List<Class<?>> plugins() throws Exception {
    URI classes = ShiplogStdout.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    List<Class<?>> plugins = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(classes).resolve("dev/shiplog/log4j2"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.startsWith("package-info")) {
          Class<?> type =
              Class.forName("dev.shiplog.log4j2." + name.substring(0, name.length() - 6));
          if (type.isAnnotationPresent(Plugin.class)) {
            plugins.add(type);
          }
        }
      }
    }
    assertThat(plugins).contains(ShiplogStdout.class, ShiplogFluentd.class, ShiplogLayout.class);
    return plugins;
  }

  /** The methods of each type that is open to reflection. */
  private static Map<String, List<String>> reflection() throws Exception {
    Map<String, List<String>> types = new TreeMap<>();
    try (InputStream in = ShiplogStdout.class.getResourceAsStream(REFLECTION)) {
      assertThat(in).isNotNull();
      for (JsonElement type :
          JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .getAsJsonArray()) {
        JsonObject object = type.getAsJsonObject();
        types.put(object.get("name").getAsString(), methods(object));
      }
    }
    return types;
  }

  private static List<String> methods(JsonObject type) {
    List<String> methods = new ArrayList<>();
    for (JsonElement method : type.getAsJsonArray("methods")) {
      List<String> parameters = new ArrayList<>();
      method
          .getAsJsonObject()
          .getAsJsonArray("parameterTypes")
          .forEach(parameter -> parameters.add(parameter.getAsString()));
      methods.add(method.getAsJsonObject().get("name").getAsString() + parameters);
    }
    return methods;
  }

  @Test
  void reflection_namesTheFactoryOfEveryPlugin() throws Exception {
    Map<String, List<String>> types = reflection();
    for (Class<?> plugin : plugins()) {
      Method factory =
          Stream.of(plugin.getDeclaredMethods())
              .filter(method -> method.isAnnotationPresent(PluginFactory.class))
              .findFirst()
              .orElseThrow();
      List<String> parameters = Stream.of(factory.getParameterTypes()).map(Class::getName).toList();
      assertThat(types).containsKey(plugin.getName());
      assertThat(types.get(plugin.getName())).contains(factory.getName() + parameters);
    }
  }

  @Test
  void reflection_namesWhatReadsElements() throws Exception {
    assertThat(reflection().get(ElementVisitor.class.getName())).contains("<init>[]");
  }

  @Test
  void listOfPlugins_hasEveryPlugin() throws Exception {
    List<String> listed = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(ShiplogStdout.class.getResourceAsStream(PLUGINS))) {
      for (int categories = in.readInt(); categories > 0; categories--) {
        in.readUTF();
        for (int entries = in.readInt(); entries > 0; entries--) {
          in.readUTF();
          listed.add(in.readUTF());
          in.readUTF();
          in.readBoolean();
          in.readBoolean();
        }
      }
    }
    assertThat(listed.stream().distinct().sorted())
        .containsExactlyElementsOf(plugins().stream().map(Class::getName).toList());
  }
}

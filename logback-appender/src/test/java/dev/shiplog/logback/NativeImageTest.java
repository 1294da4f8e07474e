package dev.shiplog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a GraalVM native image is told for Joran, which makes what logback.xml names and calls its
 * setters: our two appenders, the encoder and every element in them.
 */
final class NativeImageTest {
  private static final Path FILE =
      Path.of(
          "src/main/resources/META-INF/native-image/dev.shiplog/shiplog-logback/reflect-config.json");

  /** Writes the file anew instead of comparing it. */
  private static final boolean WRITE = Boolean.getBoolean("shiplog.write");

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  @Test
  void metadata_namesWhateverJoranMakesAndSets() throws Exception {
    SortedMap<String, Class<?>> types = new TreeMap<>();
    Deque<Class<?>> open =
        new ArrayDeque<>(
            List.of(StdoutAppender.class, FluentdAppender.class, ShiplogEncoder.class));
    while (!open.isEmpty()) {
      Class<?> type = open.remove();
      if (types.put(type.getName(), type) == null) {
        for (Method method : type.getMethods()) {
          if (isSetter(method) && Group.class.isAssignableFrom(method.getParameterTypes()[0])) {
            open.add(method.getParameterTypes()[0]);
          }
        }
      }
    }
    assertThat(types).hasSizeGreaterThan(3);
    List<Map<String, Object>> metadata = new ArrayList<>();
    for (Class<?> type : types.values()) {
      assertThat(type.getConstructors()).as("Joran's way to make one").hasSize(1);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", type.getName());
      entry.put("allPublicConstructors", true);
      // Joran looks through all methods for those that it may call
      entry.put("allPublicMethods", true);
      metadata.add(entry);
    }
    String text = JSON.toJson(metadata) + "\n";
    if (WRITE) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE))
        .as("what the classes declare; -Dshiplog.write=true writes it")
        .isEqualTo(text);
  }

  private static boolean isSetter(Method method) {
    return method.getParameterCount() == 1
        && (method.getName().startsWith("set") || method.getName().startsWith("add"));
  }
}

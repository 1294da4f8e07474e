package dev.shiplog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.DynamicMBean;
import org.junit.jupiter.api.Test;

/** What a GraalVM native image is told of the core, and that it is all that there is to tell. */
class NativeImageTest {
  private static final String FOLDER = "/META-INF/native-image/dev.shiplog/shiplog-core/";
  private static final String SPECIMEN = "dev.shiplog.record.jackson.Specimen";

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.shiplog");

  private static JsonElement read(String file) throws Exception {
    try (InputStream in = Shiplog.class.getResourceAsStream(FOLDER + file)) {
      assertThat(in).as(file).isNotNull();
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
  }

  private static List<String> names(JsonArray array) {
    List<String> names = new ArrayList<>();
    array.forEach(element -> names.add(element.getAsJsonObject().get("name").getAsString()));
    return names;
  }

  /** Jackson takes it apart: without this it would count as unsound, and objects become texts. */
  @Test
  void specimen_isOpenToReflection() throws Exception {
    JsonArray types = read("reflect-config.json").getAsJsonArray();
    assertThat(names(types)).containsExactly(SPECIMEN, PrintStream.class.getName());

    JsonObject specimen = types.get(0).getAsJsonObject();
    Class<?> declared = Class.forName(SPECIMEN);
    assertThat(names(specimen.getAsJsonArray("fields")))
        .containsExactlyElementsOf(
            Stream.of(declared.getRecordComponents()).map(each -> each.getName()).toList());
    assertThat(names(specimen.getAsJsonArray("methods")))
        .containsExactlyElementsOf(
            Stream.of(declared.getRecordComponents()).map(each -> each.getName()).toList());
    assertThat(specimen.get("allRecordComponents").getAsBoolean()).isTrue();
    assertThat(specimen.get("allDeclaredConstructors").getAsBoolean()).isTrue();
  }

  @Test
  void resources_areThoseThatAreLookedUp() throws Exception {
    Set<String> patterns = new TreeSet<>();
    read("resource-config.json")
        .getAsJsonObject()
        .getAsJsonObject("resources")
        .getAsJsonArray("includes")
        .forEach(each -> patterns.add(each.getAsJsonObject().get("pattern").getAsString()));

    assertThat(patterns).anyMatch(pattern -> Pattern.matches(pattern, Application.BUILD_INFO));
    assertThat(patterns)
        .as("services are also seen by whoever reads the files")
        .anyMatch(pattern -> Pattern.matches(pattern, "META-INF/services/dev.shiplog.config.Any"));
  }

  /** The MBean describes itself, and needs no reflection. */
  @Test
  void mbean_isDynamic() {
    assertThat(DynamicMBean.class).isAssignableFrom(MeterBean.class);
  }

  @Test
  void reflection_isWhereItIsKnown() {
    Set<String> known =
        Set.of(
            "dev.shiplog.capture.StandardStream", // in the metadata: a method of JDK 18 and newer
            "dev.shiplog.LoadedSchema", // a class of the user's, who registers it
            "dev.shiplog.record.RecordForm", // records of the user's, texts where not registered
            "dev.shiplog.record.ObjectTokens", // the same
            "dev.shiplog.record.jackson.BridgeLoader"); // no such loader there: objects are texts
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are not known for it",
                (JavaClass type) -> !known.contains(type.getName().replaceFirst("\\$.*", ""))))
        .should()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
        .orShould()
        .callMethod(Class.class, "getMethod", String.class, Class[].class)
        .orShould()
        .callMethod(Class.class, "getDeclaredMethod", String.class, Class[].class)
        .orShould()
        .callMethod(Class.class, "getRecordComponents")
        .orShould()
        .callMethod(Class.class, "getDeclaredConstructor", Class[].class)
        .because("a native image must be told of it, here and in its metadata")
        .check(CORE);
  }
}

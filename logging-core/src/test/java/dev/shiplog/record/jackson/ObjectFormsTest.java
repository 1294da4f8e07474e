package dev.shiplog.record.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.ObjectForm;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import java.io.File;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both Jacksons in both encodings, and neither. */
class ObjectFormsTest {
  private static final ObjectForm THREE_FIRST =
      ObjectForms.both(new Jackson3Form(), new Jackson2Form());
  private static final ObjectForm TWO_FIRST =
      ObjectForms.both(new Jackson2Form(), new Jackson3Form());

  private static ValueWriter values(ObjectForm form) {
    return new ValueWriter(
        new ValueWriter.Options(
            16, 256, false, form, name -> name.contains("secret"), "****", TextMask.NONE));
  }

  private static @Nullable Object json(@Nullable Object value, ObjectForm form) {
    RecordWriter to = write(new JsonWriter(), value, form);
    return Foreign.line(to.buffer(), to.position()).get("v");
  }

  private static @Nullable Object msgpack(@Nullable Object value, ObjectForm form) {
    RecordWriter to = write(new MessagePackWriter(), value, form);
    return Foreign.entry(to.buffer(), to.position()).get("v");
  }

  private static RecordWriter write(RecordWriter to, @Nullable Object value, ObjectForm form) {
    to.limit(1 << 18);
    to.begin(0, 0);
    to.name("v");
    values(form).write(value, to);
    to.name("after");
    to.bool(true);
    to.end();
    return to;
  }

  static Stream<Arguments> objects() {
    Bean bean = new Bean();
    Node cyclic = new Node("a");
    cyclic.next = new Node("b");
    cyclic.next.next = cyclic;
    Shelf shelf = new Shelf();
    shelf.books.add(new Book(shelf, "x"));
    shelf.books.add(new Book(shelf, "y"));
    Map<String, Object> beans = new LinkedHashMap<>();
    beans.put("n", new Node("c"));
    beans.put("secret", new Node("d"));
    return Stream.of(
        Arguments.of(
            "bean",
            bean,
            "{number=1, name=text, flag=true, ratio=0.5, none=null, list=[1, 2], nested={id=n,"
                + " next=null}, array=[1, 2], bytes=AQI=, upper_case=renamed, URL=u}"),
        Arguments.of(
            "times",
            new Times(),
            "{instant=2026-11-23T07:39:05.123456789Z, date=2026-11-23, offset=2026-11-23T08:39:05+01:00,"
                + " duration=PT1M30S, old=2026-11-23T07:39:05Z, zone=Europe/Amsterdam, locale=nl_NL,"
                + " currency=EUR, uuid=00000000-0000-0001-0000-000000000002, uri=http://x/y, file=/a/b,"
                + " type=java.lang.String}"),
        Arguments.of(
            "options",
            new Options(
                Optional.of("x"), Optional.empty(), OptionalInt.of(3), Optional.of(new Node("n"))),
            "{some=x, none=null, number=3, object={id=n, next=null}}"),
        Arguments.of(
            "enums",
            new Enums(Shade.DARK, new EnumMap<>(Map.of(Shade.LIGHT, 1)), Set.of(Shade.DARK)),
            "{shade=DARK, counts={LIGHT=1}, all=[DARK]}"),
        Arguments.of(
            "numbers",
            new Numbers(
                new BigDecimal("12.50"), BigInteger.TWO.pow(64), Double.NaN, 0.1f, 'c', (short) -3),
            "{decimal=12.5, integer=18446744073709551616, nan=NaN, single=0.1, letter=c, small=-3}"),
        Arguments.of(
            "generics",
            new Pair<>(List.of(Map.of("k", List.of(new Node("n")))), new Pair<>(1, null)),
            "{left=[{k=[{id=n, next=null}]}], right={left=1, right=null}}"),
        Arguments.of(
            "keys", new Keys(), "{map={null=1, 7=2, 7_2=3, 2026-11-23T07:39:05Z=4, DARK=5}}"),
        Arguments.of("empty", new Empty(), "{}"),
        Arguments.of("empty, describing itself", new Described(), "described"),
        Arguments.of("one of those inside", new Holder(new Described()), "{held=described}"),
        Arguments.of("cycle", cyclic, "{id=a, next={id=b, next=<cycle>}}"),
        Arguments.of(
            "back references",
            shelf,
            "{books=[{shelf=<cycle>, title=x}, {shelf=<cycle>, title=y}]}"),
        Arguments.of("throwing getter", new Throwing(), "<unrepresentable: java.io.IOException>"),
        Arguments.of(
            "throwing getter inside",
            List.of(1, new Pair<>(new Throwing(), 2)),
            "[1, {left=<unrepresentable: java.io.IOException>, right=2}]"),
        Arguments.of(
            "recursing getter",
            new Pair<>(1, new Recursing()),
            "{left=1, right=<unrepresentable: java.lang.StackOverflowError>}"),
        Arguments.of(
            "annotations",
            new Annotated(),
            "{z=first, shown_as=2, inner_a=A, value=wrapped, raw={r=[1, 2]}, notRaw={r, x=any}"),
        Arguments.of("type id", new Typed(), "{kind=typed, one=1}"),
        Arguments.of(
            "secrets",
            new Secrets(),
            "{secretText=****, secretList=****, secretBean=****, map={n={id=c, next=null}, secret=****},"
                + " last=1}"),
        Arguments.of("map of beans", beans, "{n={id=c, next=null}, secret=****}"),
        Arguments.of(
            "throwable inside",
            new Pair<>(1, new Error("e")),
            "{left=1, right=java.lang.Error: e}"),
        Arguments.of("iterable", (Iterable<Integer>) new Numbered(), "[1, 2, 3]"),
        Arguments.of("lambda", (Supplier<String>) () -> "s", "{}"),
        Arguments.of(
            "tree of Jackson 2",
            tree2(),
            "{i=1, t=[x, null, 2.5], secret=****, o={p={id=q, next=null}}}"),
        Arguments.of(
            "tree of Jackson 3",
            tree3(),
            "{i=1, t=[x, null, 2.5], secret=****, o={p={id=q, next=null}}}"),
        Arguments.of(
            "trees inside",
            List.of(new Pair<>(tree2().get("t"), tree3().get("t"))),
            "[{left=[x, null, 2.5], right=[x, null, 2.5]}]"),
        Arguments.of(
            "serializer of Jackson 2", new Pair<>(1, tree2().get("i")), "{left=1, right=1}"));
  }

  @Test
  void secretWithinATextOrNumber_isHiddenAtAnyDepth() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("n", new Node("a hunter2"));
    inner.put("number", 42_4242_4242L);
    Object value = new Pair<>(List.of(new Pair<>("hunter2", inner)), new Error("hunter2"));
    String hidden =
        "{left=[{left=****, right={n={id=a ****, next=null}, number=****}}],"
            + " right=java.lang.Error: ****}";

    for (ObjectForm form : List.of(new Jackson2Form(), new Jackson3Form(), THREE_FIRST)) {
      ValueWriter.Options options =
          ValueWriter.Options.PLAIN
              .with(form)
              .with(text -> text.replaceAll("hunter2|4242424242", "****"), "****");
      for (RecordWriter to : List.of(new JsonWriter(), new MessagePackWriter())) {
        to.begin(0, 0);
        to.name("v");
        new ValueWriter(options).write(value, to);
        to.end();
        assertThat(
                to instanceof JsonWriter
                    ? Foreign.line(to.buffer(), to.position())
                    : Foreign.entry(to.buffer(), to.position()))
            .extractingByKey("v")
            .hasToString(hidden);
      }
    }
  }

  private static com.fasterxml.jackson.databind.JsonNode tree2() {
    com.fasterxml.jackson.databind.node.ObjectNode node =
        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    node.put("i", 1).putArray("t").add("x").addNull().add(2.5);
    node.putObject("secret").put("a", 1).putArray("b").add(1);
    node.putObject("o").putPOJO("p", new Node("q"));
    return node;
  }

  private static tools.jackson.databind.JsonNode tree3() {
    tools.jackson.databind.node.ObjectNode node =
        tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    node.put("i", 1).putArray("t").add("x").addNull().add(2.5);
    node.putObject("secret").put("a", 1).putArray("b").add(1);
    node.putObject("o").putPOJO("p", new Node("q"));
    return node;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objects")
  void object_isTheSameByEitherJacksonInEitherEncoding(String name, Object value, String expected) {
    assertThat(String.valueOf(json(value, THREE_FIRST))).isEqualTo(expected);
    assertThat(String.valueOf(json(value, TWO_FIRST))).isEqualTo(expected);
    assertThat(msgpack(value, THREE_FIRST))
        .matches(read -> Foreign.same(json(value, THREE_FIRST), read));
    assertThat(msgpack(value, TWO_FIRST))
        .matches(read -> Foreign.same(json(value, THREE_FIRST), read));
  }

  static Stream<ObjectForm> forms() {
    return Stream.of(THREE_FIRST, TWO_FIRST);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void hugeGraph_stopsSoonAfterItCannotFit(ObjectForm form) {
    RecordWriter to = new JsonWriter();
    to.limit(4096);
    to.begin(0, 0);
    to.name("v");

    Endless.made = 0;
    values(form).write(new Endless(), to);

    assertThat(to.hopeless()).isTrue();
    assertThat(to.buffer().length).isLessThan(1 << 17);
    assertThat(Endless.made).isLessThan(10_000);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void endlesslyDeepObject_isCutAtTheDepth(ObjectForm form) {
    assertThat(String.valueOf(json(new Deep(), form)))
        .isEqualTo("{next=".repeat(16) + "<too deep>" + "}".repeat(16));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void endlessIterable_costsItselfAlone(ObjectForm form) {
    Iterable<Integer> endless = () -> Stream.iterate(1, i -> i).iterator();

    assertThat(String.valueOf(json(List.of(1, endless), form)))
        .isEqualTo("[1, <unrepresentable: java.lang.IllegalStateException>]");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void longTexts_areCutNotKept(ObjectForm form) {
    RecordWriter to = new JsonWriter();
    to.limit(4096);
    to.begin(0, 0);
    to.name("v");

    values(form).write(new Pair<>("x".repeat(100_000), "y".repeat(100_000)), to);

    assertThat(to.buffer().length).isLessThan(1 << 16);
    assertThat(to.fullSize()).isGreaterThan(200_000);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void outOfMemory_passesThrough(ObjectForm form) {
    assertThatThrownBy(() -> json(new Exhausting(), form)).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void detection_findsBothWhereBothAre() {
    assertThat(json(tree2(), ObjectForms.detect(null))).isInstanceOf(Map.class);
    assertThat(json(tree3(), ObjectForms.detect(null))).isInstanceOf(Map.class);
    assertThat(json(new Node("n"), ObjectForms.detect(null)))
        .isEqualTo(json(new Node("n"), new Jackson2Form()));
  }

  @Test
  void detection_findsOneWhereOneIs() throws Exception {
    assertThat(detectedWithout("tools/jackson")).isEqualTo("Jackson2Form");
    assertThat(detectedWithout("jackson-core-2", "com/fasterxml/jackson/core/jackson-databind"))
        .isEqualTo("Jackson3Form");
  }

  @Test
  void detection_fallsBackToTextsWhereNoneIs() throws Exception {
    assertThat(detectedWithout("jackson")).isEqualTo("TEXT");
  }

  @Test
  void detection_fallsBackWhereJacksonIsBroken() throws Exception {
    // Databind without what it stands on.
    assertThat(detectedWithout("jackson-core", "jackson-annotations")).isEqualTo("TEXT");
  }

  @Test
  void detection_findsTheJacksonOfAnotherLoader() throws Exception {
    try (URLClassLoader server = loader(ClassLoader.getPlatformClassLoader(), "jackson");
        URLClassLoader application = loader(server)) {
      Object form = detect(server, application);

      assertThat(form.getClass().getClassLoader().getClass().getSimpleName())
          .isEqualTo("BridgeLoader");
      assertThat(form.getClass().getInterfaces()[0].getName())
          .isEqualTo(ObjectForm.class.getName());
    }
  }

  /** As in a native image, where there are no class files and none is defined at run time. */
  @Test
  void detection_fallsBackToTextsWhereNoClassCanBeBroughtToAnotherLoader() throws Exception {
    try (URLClassLoader path = loader(ClassLoader.getPlatformClassLoader(), "jackson");
        URLClassLoader server =
            new URLClassLoader(path.getURLs(), ClassLoader.getPlatformClassLoader()) {
              @Override
              public @Nullable InputStream getResourceAsStream(String name) {
                return null;
              }
            };
        URLClassLoader application = loader(server)) {
      Object form = detect(server, application);

      assertThat(form)
          .isSameAs(server.loadClass(ObjectForm.class.getName()).getField("TEXT").get(null));
    }
  }

  @Test
  void detection_findsBothOnTheModulePath() throws Exception {
    Path[] path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("jackson"))
            .map(Path::of)
            .toArray(Path[]::new);
    Path core =
        Path.of(ObjectForms.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Configuration modules =
        ModuleLayer.boot()
            .configuration()
            .resolve(
                ModuleFinder.of(core),
                ModuleFinder.of(path),
                Set.of(
                    "dev.shiplog.core",
                    "com.fasterxml.jackson.databind",
                    "tools.jackson.databind"));
    ModuleLayer.Controller layer =
        ModuleLayer.defineModulesWithOneLoader(
            modules, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader());
    Module shiplog = layer.layer().findModule("dev.shiplog.core").orElseThrow();
    layer.addExports(shiplog, ObjectForms.class.getPackageName(), getClass().getModule());

    Object form = detect(shiplog.getClassLoader(), null);

    assertThat(form.getClass().getName()).contains("ObjectForms$$Lambda");
  }

  @Test
  void recordWithoutAnyJackson_isStillAnObject() throws Exception {
    try (URLClassLoader loader = loader(ClassLoader.getPlatformClassLoader(), "jackson")) {
      Object form =
          loader
              .loadClass(ObjectForms.class.getName())
              .getMethod("whenNeeded", ClassLoader.class)
              .invoke(null, (Object) null);
      java.lang.reflect.Method write =
          loader
              .loadClass(Specimen.class.getName())
              .getDeclaredMethod("writtenBy", loader.loadClass(ObjectForm.class.getName()));
      write.setAccessible(true);

      assertThat(write.invoke(null, form)).isEqualTo(Specimen.TEXT);
    }
  }

  /** What is detected where no entry of the class path contains one of {@code parts}. */
  private static String detectedWithout(String... parts) throws Exception {
    try (URLClassLoader loader = loader(ClassLoader.getPlatformClassLoader(), parts)) {
      Object form = detect(loader, null);
      Object text = loader.loadClass(ObjectForm.class.getName()).getField("TEXT").get(null);
      return form == text ? "TEXT" : form.getClass().getSimpleName();
    }
  }

  private static Object detect(ClassLoader loader, @Nullable ClassLoader other) throws Exception {
    return loader
        .loadClass(ObjectForms.class.getName())
        .getMethod("detect", ClassLoader.class)
        .invoke(null, other);
  }

  private static URLClassLoader loader(ClassLoader parent, String... without) throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String unix = entry.replace(File.separatorChar, '/');
      if (Arrays.stream(without).noneMatch(unix::contains)) {
        path.add(new File(entry).toURI().toURL());
      }
    }
    return new URLClassLoader(path.toArray(new URL[0]), parent);
  }

  static class Endless {
    static int made;

    public String getText() {
      made++;
      return "0123456789";
    }

    public Endless getLeft() {
      return new Endless();
    }

    public List<Endless> getMore() {
      return List.of(new Endless(), new Endless());
    }

    public Map<String, Endless> getMap() {
      return Map.of("k", new Endless());
    }
  }

  static class Exhausting {
    public String getText() {
      throw new OutOfMemoryError("made up");
    }
  }

  static class Deep {
    public Deep getNext() {
      return new Deep();
    }
  }

  enum Shade {
    DARK,
    LIGHT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @JsonPropertyOrder({"number", "name"})
  static class Bean {
    public int number = 1;
    public String name = "text";
    public boolean flag = true;
    public double ratio = 0.5;
    public @Nullable Object none;
    public List<Integer> list = List.of(1, 2);
    public Node nested = new Node("n");
    public int[] array = {1, 2};
    public byte[] bytes = {1, 2};

    @JsonProperty("upper_case")
    public String renamed = "renamed";

    @JsonIgnore public String ignored = "ignored";

    @JsonProperty("URL")
    public String url = "u";
  }

  static class Times {
    private static final Instant AT = Instant.parse("2026-11-23T07:39:05.123456789Z");
    public Instant instant = AT;
    public LocalDate date = LocalDate.of(2026, 11, 23);
    public OffsetDateTime offset = OffsetDateTime.parse("2026-11-23T08:39:05+01:00");
    public Duration duration = Duration.ofSeconds(90);
    public Date old = Date.from(AT.minusNanos(123456789));
    public java.time.ZoneId zone = TimeZone.getTimeZone("Europe/Amsterdam").toZoneId();
    public Locale locale = new Locale("nl", "NL");
    public Currency currency = Currency.getInstance("EUR");
    public UUID uuid = new UUID(1, 2);
    public URI uri = URI.create("http://x/y");
    public File file = new File("/a/b");
    public Class<?> type = String.class;
  }

  record Options(
      Optional<String> some, Optional<String> none, OptionalInt number, Optional<Node> object) {}

  record Enums(Shade shade, EnumMap<Shade, Integer> counts, Set<Shade> all) {}

  record Numbers(
      BigDecimal decimal, BigInteger integer, double nan, float single, char letter, short small) {}

  record Pair<A, B>(@Nullable A left, @Nullable B right) {}

  static class Keys {
    public Map<@Nullable Object, Integer> map = new LinkedHashMap<>();

    Keys() {
      map.put(null, 1);
      map.put(7, 2);
      map.put("7", 3);
      map.put(Instant.parse("2026-11-23T07:39:05Z"), 4);
      map.put(
          new Object() {
            @Override
            public String toString() {
              return "DARK";
            }
          },
          5);
    }
  }

  static class Empty {}

  static class Described {
    @Override
    public String toString() {
      return "described";
    }
  }

  record Holder(Described held) {}

  static class Node {
    public String id;
    public @Nullable Node next;

    Node(String id) {
      this.id = id;
    }
  }

  static class Shelf {
    public List<Book> books = new ArrayList<>();
  }

  record Book(Shelf shelf, String title) {}

  static class Throwing {
    public String getA() {
      return "a";
    }

    public String getB() throws java.io.IOException {
      throw new java.io.IOException("no");
    }
  }

  static class Recursing {
    @SuppressWarnings("InfiniteRecursion")
    public String getA() {
      return getA() + 1;
    }
  }

  @JsonPropertyOrder({"z", "shown_as"})
  static class Annotated {
    @JsonProperty("shown_as")
    public int getB() {
      return 2;
    }

    public String z = "first";

    @JsonUnwrapped(prefix = "inner_")
    public Inner inner = new Inner();

    public Wrapped value = new Wrapped();
    @JsonRawValue public String raw = "{\"r\":[1,2]}";
    @JsonRawValue public String notRaw = "{r";

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public List<String> left = List.of();

    @JsonAnyGetter
    public Map<String, Object> any() {
      return Map.of("x", "any");
    }
  }

  static class Inner {
    public String a = "A";
  }

  static class Wrapped {
    @JsonValue
    public String text() {
      return "wrapped";
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @com.fasterxml.jackson.annotation.JsonTypeName("typed")
  static class Typed {
    public int one = 1;
  }

  static class Secrets {
    public String secretText = "s";
    public List<String> secretList = List.of("s");
    public Node secretBean = new Node("s");
    public Map<String, Node> map = new LinkedHashMap<>();
    public int last = 1;

    Secrets() {
      map.put("n", new Node("c"));
      map.put("secret", new Node("d"));
    }
  }

  static class Numbered implements Iterable<Integer> {
    @Override
    public java.util.Iterator<Integer> iterator() {
      return List.of(1, 2, 3).iterator();
    }
  }
}

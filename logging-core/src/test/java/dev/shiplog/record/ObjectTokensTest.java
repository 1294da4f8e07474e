package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.record.json.JsonWriter;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectTokensTest {
  private static String said(Consumer<ObjectTokens> library) {
    JsonWriter json = new JsonWriter();
    json.begin(0, 0);
    json.name("v");
    ObjectForm form =
        (object, values, to) -> {
          ObjectTokens tokens = new ObjectTokens(values, to);
          library.accept(tokens);
          tokens.finish();
        };
    ValueWriter.Options options =
        new ValueWriter.Options(
            3, 256, false, form, name -> name.equals("pin"), "****", TextMask.NONE);
    new ValueWriter(options).write(new ObjectTokensTest(), json);
    json.end();
    return String.valueOf(Foreign.line(json.buffer(), json.position()).get("v"));
  }

  @Test
  void tokens_becomeWhatTheySay() {
    assertThat(
            said(
                tokens -> {
                  tokens.beginObject(null);
                  tokens.name("a");
                  tokens.value(1);
                  tokens.name("b");
                  tokens.beginArray();
                  tokens.value(null);
                  tokens.value("x");
                  tokens.beginObject(null);
                  tokens.endObject();
                  tokens.endArray();
                  tokens.endObject();
                }))
        .isEqualTo("{a=1, b=[null, x, {}]}");
    assertThat(said(tokens -> tokens.value(true))).isEqualTo("true");
    assertThat(said(tokens -> {})).isEqualTo("null");
  }

  @Test
  void nameThatComesTwice_isNumbered() {
    assertThat(
            said(
                tokens -> {
                  tokens.beginObject(null);
                  for (int i = 0; i < 3; i++) {
                    tokens.name("a");
                    tokens.value(i);
                  }
                  tokens.endObject();
                }))
        .isEqualTo("{a=0, a_2=1, a_3=2}");
  }

  @Test
  void secret_isMaskedWhateverItHolds() {
    assertThat(
            said(
                tokens -> {
                  tokens.beginObject(null);
                  tokens.name("pin");
                  tokens.beginArray();
                  tokens.beginObject(null);
                  tokens.name("x");
                  tokens.value("secret");
                  tokens.endObject();
                  tokens.endArray();
                  tokens.name("after");
                  tokens.value(1);
                  tokens.endObject();
                }))
        .isEqualTo("{pin=****, after=1}");
  }

  @Test
  void whatLiesTooDeep_isLetGoBy() {
    assertThat(
            said(
                tokens -> {
                  for (int i = 0; i < 10; i++) {
                    tokens.beginArray();
                    tokens.value(i);
                  }
                  for (int i = 0; i < 10; i++) {
                    tokens.endArray();
                  }
                }))
        .isEqualTo("[0, [1, [2, <too deep>]]]");
  }

  @Test
  void libraryWithoutEnd_isStopped() {
    assertThat(
            said(
                tokens -> {
                  tokens.beginArray();
                  while (true) {
                    tokens.value(1);
                  }
                }))
        .isEqualTo("<unrepresentable: java.lang.IllegalStateException>");
  }

  static Stream<Consumer<ObjectTokens>> disorder() {
    return Stream.of(
        tokens -> tokens.name("a"),
        ObjectTokens::endObject,
        tokens -> tokens.beginObject(null),
        tokens -> {
          tokens.value(1);
          tokens.value(2);
        },
        tokens -> {
          tokens.beginObject(null);
          tokens.value(1);
        },
        tokens -> {
          tokens.beginObject(null);
          tokens.name("a");
          tokens.name("b");
        },
        tokens -> {
          tokens.beginObject(null);
          tokens.name("a");
          tokens.endObject();
        },
        tokens -> {
          tokens.beginArray();
          tokens.name("a");
        },
        tokens -> {
          tokens.beginArray();
          tokens.endObject();
        });
  }

  @ParameterizedTest
  @MethodSource("disorder")
  void tokenOutOfPlace_costsTheWholeValue(Consumer<ObjectTokens> library) {
    assertThat(said(library)).isEqualTo("<unrepresentable: java.lang.IllegalStateException>");
  }

  @Test
  void failureOfTheLibrary_isItsValuesOwn() {
    assertThatThrownBy(
            () ->
                said(
                    tokens -> {
                      throw new OutOfMemoryError("made up");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }
}

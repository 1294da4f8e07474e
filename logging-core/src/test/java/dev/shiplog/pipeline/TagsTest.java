package dev.shiplog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.TestEvent;
import dev.shiplog.record.TextMask;
import dev.shiplog.schema.encoder.MaskedNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagsTest {
  private static String tag(String template, TestEvent event, Tags.Rule... rules) {
    return tags(template, rules).apply(event);
  }

  private static Tags tags(String template, Tags.Rule... rules) {
    return new Tags(
        template, List.of(rules), "gallery", new MaskedNames(MaskedNames.DEFAULT), TextMask.NONE);
  }

  @Test
  void tag_isMadeOfWhatTheEventHas() {
    TestEvent event = new TestEvent().mdc("room", "7").kv("painting", 42);
    event.markers.add("SOLD");

    assertThat(tag("{service}.{logger}.{level}.{marker}.{mdc:room}.{field:painting}", event))
        .isEqualTo("gallery.gallery.Curator.info.SOLD.7.42");
  }

  @Test
  void value_cannotChooseItsRoute() {
    TestEvent event = new TestEvent().mdc("tenant", "a.access-log.*/é\n");

    assertThat(tag("app.{mdc:tenant}.end", event)).isEqualTo("app.a_access-log_____.end");
    assertThat(tag("app.{mdc:nobody}", event)).isEqualTo("app._");
  }

  @Test
  void value_thatThrowsCostsItsPlaceAlone() {
    Object bad =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no");
          }
        };

    assertThat(tag("app.{field:bad}", new TestEvent().kv("bad", bad))).isEqualTo("app._");
  }

  @Test
  void value_staysHiddenWhenItsKeyIsMasked() {
    TestEvent event = new TestEvent().mdc("password", "hunter2").kv("X-Api-Key", "hunter3");
    Tags.Rule rule = new Tags.Rule(false, "gallery", "rule.{mdc:password}");

    assertThat(tag("app.{mdc:password}.{field:X-Api-Key}", event)).isEqualTo("app._._");
    assertThat(tag("app", event, rule)).isEqualTo("rule._");
  }

  @Test
  void value_staysHiddenWhenItHasPartsThatMayBeMasked() {
    record Login(String user, String password) {}
    TestEvent event =
        new TestEvent()
            .kv("map", Map.of("password", "hunter2"))
            .kv("list", List.of(Map.of("password", "hunter2")))
            .kv("record", new Login("ann", "hunter2"));

    assertThat(tag("app.{field:map}.{field:list}.{field:record}", event)).isEqualTo("app._._._");
  }

  @Test
  void tag_hasAtMost128Bytes() {
    TestEvent event = new TestEvent().mdc("k", "x".repeat(10_000));

    assertThat(tag("app.{mdc:k}{mdc:k}", event)).hasSize(128).startsWith("app.x");
  }

  @Test
  void rule_comesBeforeTheTemplateAndEndsBeforeADot() {
    Tags.Rule byLogger = new Tags.Rule(false, "gallery", "rule.{logger}");
    TestEvent fits = new TestEvent();
    TestEvent other = new TestEvent();
    other.logger = "galleryware";

    assertThat(tag("t", fits, byLogger)).isEqualTo("rule.gallery.Curator");
    assertThat(tag("t", other, byLogger)).isEqualTo("t");
  }

  @Test
  void accessLog_hasARuleOfItsOwn() {
    TestEvent event = new TestEvent();
    event.logger = "access-log";

    assertThat(tag("app.{logger}", event)).isEqualTo("gallery.access-log");
  }

  @Test
  void constantHead_endsBeforeWhatDependsOnTheEvent() {
    assertThat(tags("{service}.a.{logger}").constantHead()).isEqualTo("gallery.a");
    assertThat(tags("{logger}").constantHead()).isEqualTo("gallery");
  }
}

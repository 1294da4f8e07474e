package dev.shiplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.event.Severity;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

class MeterBeansTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final MeterBeans beans = new MeterBeans(server);
  private final Meters meters = new Meters();

  @Test
  void bean_showsEveryComponentOfASnapshot() throws Exception {
    beans.add(this, meters, "default", "STDOUT");

    MBeanAttributeInfo[] attributes =
        server.getMBeanInfo(name("default", "STDOUT")).getAttributes();

    assertThat(attributes)
        .extracting(MBeanAttributeInfo::getName)
        .containsExactlyElementsOf(
            Stream.of(Meters.Snapshot.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(each -> each.substring(0, 1).toUpperCase(Locale.ROOT) + each.substring(1))
                .toList());
    assertThat(attributes)
        .allSatisfy(
            attribute -> {
              assertThat(attribute.isReadable()).isTrue();
              assertThat(attribute.isWritable()).isFalse();
              assertThat(attribute.getDescription()).isNotBlank();
            });
  }

  @Test
  void attributes_haveTheValuesOfTheMeters() throws Exception {
    meters.accepted(100);
    meters.accepted(20);
    meters.refused();
    meters.delivered(1);
    meters.dropped(DropReason.REJECTED, Severity.WARN.ordinal(), 1);
    meters.chunkAcked(7);
    meters.endpointUp(true);
    beans.add(this, meters, "default", "FLUENTD");
    ObjectName name = name("default", "FLUENTD");

    assertThat(server.getAttribute(name, "Accepted")).isEqualTo(2L);
    assertThat(server.getAttribute(name, "Refused")).isEqualTo(1L);
    assertThat(server.getAttribute(name, "Bytes")).isEqualTo(120L);
    assertThat(server.getAttribute(name, "Delivered")).isEqualTo(1L);
    assertThat(server.getAttribute(name, "AckNanos")).isEqualTo(7L);
    assertThat(server.getAttribute(name, "EndpointUp")).isEqualTo(true);
    CompositeData dropped = (CompositeData) server.getAttribute(name, "Dropped");
    assertThat(dropped.get("REJECTED")).isEqualTo(1L);
    assertThat(dropped.get("OVERFLOW")).isEqualTo(0L);
    CompositeData byLevel = (CompositeData) server.getAttribute(name, "DroppedByLevel");
    assertThat(((CompositeData) byLevel.get("REJECTED")).get("WARN")).isEqualTo(1L);
    assertThat(((CompositeData) byLevel.get("REJECTED")).get("ERROR")).isEqualTo(0L);
    assertThat(server.getAttributes(name, new String[] {"Accepted", "Nothing", "Pending"}).asList())
        .containsExactly(new Attribute("Accepted", 2L), new Attribute("Pending", 0L));
  }

  @Test
  void attributes_areReadOnly() throws Exception {
    beans.add(this, meters, "default", "STDOUT");

    assertThatThrownBy(
            () -> server.setAttribute(name("default", "STDOUT"), new Attribute("Accepted", 0L)))
        .isInstanceOf(AttributeNotFoundException.class);
    assertThatThrownBy(() -> server.getAttribute(name("default", "STDOUT"), "Secret"))
        .isInstanceOf(AttributeNotFoundException.class);
  }

  @Test
  void name_standsForItselfWhateverItsCharacters() throws Exception {
    List<String> odd = List.of("", "a,b=c", "\"quoted\"", "line\nbreak", "*", "?:é");
    for (String each : odd) {
      beans.add(each, meters, each, each);
    }

    assertThat(names()).hasSize(odd.size());
    for (String each : odd) {
      assertThat(server.isRegistered(name(each, each))).isTrue();
      beans.remove(each);
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void namesakes_areNumberedAndMoveUp() throws Exception {
    List<Object> owners = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Meters its = new Meters();
      its.accepted(i);
      owners.add(its);
      beans.add(its, its, "default", "A");
    }
    beans.add("other", meters, "test", "A");
    assertThat(names()).hasSize(4);
    assertThat(server.getAttribute(name("default", "A-3"), "Bytes")).isEqualTo(2L);

    beans.remove(owners.get(0));

    assertThat(names())
        .containsExactlyInAnyOrder(name("default", "A"), name("default", "A-2"), name("test", "A"));
    assertThat(server.getAttribute(name("default", "A"), "Bytes")).isEqualTo(1L);
    assertThat(server.getAttribute(name("default", "A-2"), "Bytes")).isEqualTo(2L);
  }

  @Test
  void namesakesOfAnotherClassLoader_areLeftAlone() throws Exception {
    MeterBeans others = new MeterBeans(server);
    others.add("theirs", new Meters(), "default", "A");
    beans.add("first", meters, "default", "A");
    beans.add("second", meters, "default", "A");

    beans.remove("first");

    assertThat(names()).containsExactlyInAnyOrder(name("default", "A"), name("default", "A-2"));
    others.remove("theirs");
    assertThat(names()).containsExactly(name("default", "A-2"));
    beans.remove("second");
    beans.remove("unknown");
    assertThat(names()).isEmpty();
  }

  private Set<ObjectName> names() throws Exception {
    return server.queryNames(new ObjectName("dev.shiplog:*"), null).stream()
        .collect(Collectors.toSet());
  }

  private static ObjectName name(String context, String name) throws Exception {
    return new ObjectName(
        "dev.shiplog:type=Pipeline,context=%s,name=%s"
            .formatted(ObjectName.quote(context), ObjectName.quote(name)));
  }
}

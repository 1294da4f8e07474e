package dev.shiplog.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceAttributesTest {
  @Test
  void parse_decodesPercentAndNothingElse() {
    assertThat(ResourceAttributes.parse("a=x%2Cy%3Dz,b=1+1,c=gr%C3%BC%c3%9f,d%20e=f,g=h=i"))
        .containsExactly(
            Map.entry("a", "x,y=z"),
            Map.entry("b", "1+1"),
            Map.entry("c", "gr\u00fc\u00df"),
            Map.entry("d e", "f"),
            Map.entry("g", "h=i"));
  }

  @Test
  void parse_dropsEachBadPairAlone() {
    assertThat(ResourceAttributes.parse("a=1,,=2,b,c=%,d=%4,e=%4g,f=%-1, =3,%=4,z=26"))
        .containsExactly(Map.entry("a", "1"), Map.entry("z", "26"));
  }

  @Test
  void parse_takesTheLastValueOfAKey() {
    assertThat(ResourceAttributes.parse("a=1,b=2,a=3")).containsEntry("a", "3").hasSize(2);
  }
}

package dev.shiplog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ViewsTest {
  @Test
  void views_areLentToOneTakerAtATime() {
    Views<Object> views = new Views<>(Object::new);
    Object first = views.take();
    Object second = views.take();

    assertThat(second).isNotSameAs(first);
    views.give(first);
    assertThat(views.take()).isSameAs(first);
  }
}

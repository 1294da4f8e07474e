package dev.shiplog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolTest {
  @Test
  void views_areLentToOneTakerAtATime() {
    Pool<Object> views = new Pool<>(Object::new);
    Object first = views.take();
    Object second = views.take();

    assertThat(second).isNotSameAs(first);
    views.give(first);
    assertThat(views.take()).isSameAs(first);
  }
}

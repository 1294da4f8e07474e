package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.Shiplog;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;

/** What the meters tell of an appender. */
final class Account {
  private Account() {}

  /** The meters of the appender that runs under this name; they balance. */
  static Meters.Snapshot of(String appender) {
    Meters.Snapshot snapshot = Shiplog.meters().get(appender);
    assertThat(snapshot).as("meters of %s", appender).isNotNull();
    assertThat(snapshot.balanced()).as("%s", snapshot).isTrue();
    return snapshot;
  }

  /** As {@link #of}, as soon as nothing is pending. */
  static Meters.Snapshot settled(String appender) {
    Await.until("an end to what is pending", () -> of(appender).pending() == 0);
    return of(appender);
  }

  /** How many events were dropped for one reason. */
  static long dropped(Meters.Snapshot snapshot, DropReason reason) {
    return snapshot.dropped().getOrDefault(reason, 0L);
  }
}

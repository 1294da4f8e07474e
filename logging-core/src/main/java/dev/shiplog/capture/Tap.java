package dev.shiplog.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One source and those who claim it, in the order in which they came. Needs the lock. */
final class Tap {
  private final Source source;
  private final Function<Outlet, Hook> factory;
  private final List<Claim> claims = new ArrayList<>();
  private @Nullable Installed installed;

  /** What is in the JVM, and whose it is. */
  private record Installed(Hook hook, Outlet outlet) {}

  Tap(Source source, Function<Outlet, Hook> factory) {
    this.source = source;
    this.factory = factory;
  }

  /** A claim more, or the same once more. */
  void add(Claim claim, List<Runnable> later) {
    if (claims.contains(claim)) {
      return;
    }
    claims.add(claim);
    Claim owner = owner();
    if (owner != null && owner.isHeld() && !owner.appender().equals(claim.appender())) {
      String message =
          source.key()
              + ": appender "
              + owner.appender()
              + " has it; this one gets it when that one stops";
      later.add(() -> claim.status().warn(message, null));
    }
  }

  void remove(Claim claim) {
    claims.remove(claim);
  }

  void hookOf(Claim claim, Consumer<Hook> visitor) {
    if (installed != null && installed.outlet().owner() == claim) {
      visitor.accept(installed.hook());
    }
  }

  /**
   * Gives the source to whom it belongs now.
   *
   * @param arrived whether {@code claim} is held from now on
   * @param later what is to be done without the lock
   */
  void settle(Claim claim, boolean arrived, List<Runnable> later) {
    Claim before = owner();
    Claim next = next(before);
    boolean changes = next != before || arrived && next == claim;
    if (installed != null && changes && (next == null || !installed.hook().isInPlace())) {
      uninstall(installed, later);
    }
    if (next == null) {
      return;
    }
    if (installed == null) {
      install(next, later);
    } else if (next != before) {
      installed.outlet().owner(next);
      String message = source.key() + ": this appender has it from now on";
      later.add(() -> next.status().info(message));
    }
  }

  private @Nullable Claim owner() {
    return installed == null ? null : installed.outlet().owner();
  }

  /** Who holds on to it keeps it; who does not gives way; where nobody comes, it stays. */
  private @Nullable Claim next(@Nullable Claim before) {
    Claim left = before != null && claims.contains(before) ? before : null;
    if (left != null && left.isHeld()) {
      return left;
    }
    for (Claim claim : claims) {
      if (claim.isHeld()) {
        return claim;
      }
    }
    return left;
  }

  private void install(Claim next, List<Runnable> later) {
    try {
      Outlet outlet = new Outlet();
      Hook hook = factory.apply(outlet);
      outlet.owner(next);
      hook.install();
      installed = new Installed(hook, outlet);
    } catch (IllegalStateException pointless) {
      claims.remove(next);
      later.add(() -> next.status().info(source.key() + ": " + pointless.getMessage()));
    } catch (RuntimeException | LinkageError failure) {
      // a JVM without java.util.logging, or one that forbids it
      claims.remove(next);
      later.add(() -> next.status().warn(source.key() + ": is not possible here", failure));
    }
  }

  private void uninstall(Installed old, List<Runnable> later) {
    Claim last = old.outlet().owner();
    old.hook().restore();
    old.outlet().owner(null);
    installed = null;
    if (last != null) {
      later.add(() -> old.hook().flush(last));
    }
  }
}

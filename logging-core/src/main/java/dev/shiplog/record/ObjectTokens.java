package dev.shiplog.record;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Takes the tokens that a library makes of one object and writes them as {@link ValueWriter} writes
 * values of its own: names unique and masked, depth and size bounded, one whole value at the end.
 *
 * <p>Tokens for which there is no place, such as what lies too deep, are let go by; a library that
 * goes on and on with them is stopped by an exception. Used for one object by one thread.
 */
public final class ObjectTokens {
  /** How many tokens are let go by before it counts as endless. */
  private static final int MAX_IGNORED = 1 << 17;

  private final ValueWriter values;
  private final RecordWriter to;
  private final Deque<Container> open = new ArrayDeque<>();
  private @Nullable String name;

  /** Whether the value of that name is hidden; a long name is cut, and may not tell any more. */
  private boolean hidden;

  private boolean written;
  private int ignoredDepth;
  private int ignored;

  /** Takes one object's tokens for the value that {@code to} expects next. */
  public ObjectTokens(ValueWriter values, RecordWriter to) {
    this.values = values;
    this.to = to;
  }

  /**
   * Starts an object. One that turns out to have no members is what {@code source} says of itself,
   * if its class has a {@code toString} of its own: {@code {}} would tell nothing.
   *
   * @param source what the object is made from, or null where {@code {}} is the truth
   */
  public void beginObject(@Nullable Object source) {
    begin(new Container(new MemberNames().begin(), source));
  }

  /** Ends the innermost object. */
  public void endObject() {
    end(true);
  }

  /** Starts an array. */
  public void beginArray() {
    begin(new Container(null, null));
  }

  /** Ends the innermost array. */
  public void endArray() {
    end(false);
  }

  /** Names the next value of an object. */
  public void name(String next) {
    if (ignoredDepth > 0) {
      ignore();
      return;
    }
    Container object = open.peek();
    if (object == null || object.names == null || name != null) {
      throw new IllegalStateException("a name out of place");
    }
    object.begin(to);
    name = object.names.unused(values.memberName(next));
    hidden = values.masks(next) || values.masks(name);
  }

  /** Writes a value, be it a scalar or an object that is then written as any other value is. */
  public void value(@Nullable Object value) {
    if (ignoredDepth > 0 || !hasRoom()) {
      ignore();
    } else if (name != null) {
      values.member(takeName(), hidden, value, to);
    } else {
      values.write(value, to);
    }
  }

  /** Checks that all this made one value; a library that wrote nothing has written null. */
  public void finish() {
    if (!open.isEmpty() || ignoredDepth > 0) {
      throw new IllegalStateException("an object or array without its end");
    }
    if (!written) {
      to.nil();
    }
  }

  private void begin(Container container) {
    if (ignoredDepth > 0 || !hasRoom()) {
      ignoredDepth++;
      ignore();
    } else if (name != null && hidden) {
      values.member(takeName(), true, container, to);
      ignoredDepth++;
    } else {
      if (name != null) {
        to.name(takeName());
      }
      open(container);
    }
  }

  private void open(Container container) {
    // The outermost stands for the object itself, which has been entered already.
    if (!open.isEmpty() && !values.enter(container, to)) {
      ignoredDepth++;
      return;
    }
    open.push(container);
    if (container.source == null) {
      container.begin(to);
    }
  }

  private void end(boolean object) {
    if (ignoredDepth > 0) {
      ignoredDepth--;
      return;
    }
    Container container = open.peek();
    if (container == null || object != (container.names != null) || name != null) {
      throw new IllegalStateException("an end out of place");
    }
    open.pop();
    container.end(values, to);
    if (!open.isEmpty()) {
      values.leave();
    }
  }

  /** Whether one more value may stand here: fails where none can, says no where none fits. */
  private boolean hasRoom() {
    Container container = open.peek();
    if (container == null ? written : container.names != null && name == null) {
      throw new IllegalStateException("a value out of place");
    }
    written = true;
    if (container != null) {
      boolean tooMany = container.size++ >= ValueWriter.MAX_MEMBERS;
      if (tooMany) {
        to.leavesOut(1);
      }
      if (tooMany || to.hopeless()) {
        name = null;
        return false;
      }
    }
    return true;
  }

  private String takeName() {
    String taken = java.util.Objects.requireNonNull(name);
    name = null;
    return taken;
  }

  private void ignore() {
    if (++ignored > MAX_IGNORED) {
      throw new IllegalStateException("too large");
    }
  }

  /** An object or array under way. */
  private static final class Container {
    /** The names that an object has so far; null for an array. */
    private final @Nullable MemberNames names;

    private final @Nullable Object source;
    private boolean begun;
    private int size;

    Container(@Nullable MemberNames names, @Nullable Object source) {
      this.names = names;
      this.source = source;
    }

    void begin(RecordWriter to) {
      if (begun) {
        return;
      }
      begun = true;
      if (names == null) {
        to.beginArray();
      } else {
        to.beginObject();
      }
    }

    void end(ValueWriter values, RecordWriter to) {
      if (!begun && source != null && describesItself(source)) {
        values.text(source.toString(), to);
        return;
      }
      begin(to);
      if (names == null) {
        to.endArray();
      } else {
        to.endObject();
      }
    }

    private static boolean describesItself(Object source) {
      try {
        return source.getClass().getMethod("toString").getDeclaringClass() != Object.class;
      } catch (NoSuchMethodException e) {
        return true; // every object has it, but a native image may not know of it
      }
    }
  }
}

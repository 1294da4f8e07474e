package dev.shiplog.record.jackson;

import dev.shiplog.record.ObjectForm;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what can take objects apart: Jackson 3, Jackson 2, both or neither.
 *
 * <p>Where both are there, each takes the nodes of its own tree model, and 3 all the rest. They are
 * set up to write the same. A Jackson that cannot be loaded or that is too old to do as it should
 * counts as absent; without any, objects are what their {@code toString} says.
 */
public final class ObjectForms {
  private static final int MAX_WRAPPERS = 32;

  private ObjectForms() {}

  /**
   * The form that {@link #detect(ClassLoader)} finds once the first object comes. Making ready both
   * Jacksons loads a thousand classes, more than all the rest of an application's logging; many an
   * application never logs an object.
   */
  public static ObjectForm whenNeeded(@Nullable ClassLoader other) {
    return new LateForm(other);
  }

  /** What shiplog's own class loader can see; if it sees nothing, what {@code other} can see. */
  public static ObjectForm detect(@Nullable ClassLoader other) {
    ObjectForm own = detect();
    if (own != ObjectForm.TEXT || other == null || other == ObjectForms.class.getClassLoader()) {
      return own;
    }
    try {
      return new BridgeLoader(other).detect();
    } catch (Throwable failure) {
      return textUnlessFatal(failure);
    }
  }

  /** What the class loader of this class can see. */
  static ObjectForm detect() {
    List<TreeForm> found = new ArrayList<>(2);
    // In lambdas, so that no class is linked before the attempt to use it.
    addIfSound(() -> new Jackson3Form(), found);
    addIfSound(() -> new Jackson2Form(), found);
    return switch (found.size()) {
      case 0 -> ObjectForm.TEXT;
      case 1 -> found.get(0);
      default -> both(found.get(0), found.get(1));
    };
  }

  /** The first form, but for the nodes of the second one's own trees. */
  static ObjectForm both(TreeForm first, TreeForm second) {
    return (object, values, to) -> (second.owns(object) ? second : first).write(object, values, to);
  }

  private static void addIfSound(Callable<TreeForm> maker, List<TreeForm> found) {
    try {
      TreeForm form = maker.call();
      if (Specimen.TEXT.equals(Specimen.writtenBy(form))) {
        found.add(form);
      }
    } catch (Throwable absent) {
      // Not there, or not as it should be: objects have another form then.
      ObjectForm unused = textUnlessFatal(absent);
    }
  }

  private static ObjectForm textUnlessFatal(Throwable failure) {
    if (failure instanceof Error error && ValueWriter.mustPass(error)) {
      throw error;
    }
    return ObjectForm.TEXT;
  }

  /** What a library's own exceptions were wrapped round, so that the text is the same from all. */
  static Exception reason(Exception failure, Class<? extends Exception> wrapper) {
    Exception reason = failure;
    for (int i = 0; i < MAX_WRAPPERS && wrapper.isInstance(reason); i++) {
      Throwable cause = reason.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      if (!(cause instanceof Exception inner)) {
        break;
      }
      reason = inner;
    }
    return reason;
  }

  /** Threads that come first at once may look each for itself: they find the same. */
  private static final class LateForm implements ObjectForm {
    private final @Nullable ClassLoader other;
    private volatile @Nullable ObjectForm found;

    LateForm(@Nullable ClassLoader other) {
      this.other = other;
    }

    @Override
    public void write(Object object, ValueWriter values, RecordWriter to) throws Exception {
      ObjectForm form = found;
      if (form == null) {
        form = detect(other);
        found = form;
      }
      form.write(object, values, to);
    }
  }

  /** A form that knows which nodes are its library's own. */
  interface TreeForm extends ObjectForm {
    /** Whether {@code object} is a node of the library's tree model. */
    boolean owns(Object object);
  }
}

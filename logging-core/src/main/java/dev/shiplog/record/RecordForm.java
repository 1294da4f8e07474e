package dev.shiplog.record;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Java records as objects of their components, where no library does it. */
final class RecordForm {
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          RecordComponent[] components = declared(type);
          if (components == null) {
            return new RecordComponent[0];
          }
          for (RecordComponent component : components) {
            if (!component.getAccessor().trySetAccessible()) {
              return new RecordComponent[0];
            }
          }
          return components;
        }
      };

  private RecordForm() {}

  /** A native image that was not told of the record has an error of its own for that. */
  private static RecordComponent @Nullable [] declared(Class<?> type) {
    try {
      return type.getRecordComponents();
    } catch (Error unknown) {
      if (ValueWriter.mustPass(unknown)) {
        throw unknown;
      }
      return null;
    }
  }

  /** Writes an object; a record whose module is closed to us too as what its toString says. */
  static void write(Object value, ValueWriter values, RecordWriter to) throws Exception {
    RecordComponent[] components = COMPONENTS.get(value.getClass());
    if (components.length == 0) {
      values.text(value.toString(), to);
      return;
    }
    to.beginObject();
    for (RecordComponent component : components) {
      values.member(component.getName(), read(component, value), to);
    }
    to.endObject();
  }

  /** Reads a component; what its accessor throws is thrown as it is. */
  private static @Nullable Object read(RecordComponent component, Object value) throws Exception {
    try {
      return component.getAccessor().invoke(value);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }
}

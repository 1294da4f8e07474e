package dev.shiplog.record;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives every value a home in a record: whatever a user passes becomes exactly one value, and no
 * value throws.
 *
 * <p>A value that fails becomes {@code "<unrepresentable: its exception's class>"}, one that holds
 * itself {@code "<cycle>"}, one that is too deep {@code "<too deep>"}. Errors that are the value's
 * own (StackOverflowError in a toString) are caught with it; OutOfMemoryError and ThreadDeath pass.
 *
 * <p>Not thread-safe: it remembers what it is inside of. Keeps nothing after {@link #write}.
 */
public final class ValueWriter {
  /** More members than a 16-bit count holds are left out. */
  static final int MAX_MEMBERS = 0xFFFF;

  /** BigDecimals and BigIntegers of more digits than parsers accept stand as texts. */
  private static final int MAX_DIGITS = 300;

  private static final int MAX_BITS = 1 << 14;

  private final Options options;
  private final Object[] inside;
  private final RecordWriter.Mark[] marks;
  private final @Nullable MemberNames[] members;
  private int depth;

  /**
   * How values are written.
   *
   * @param maxDepth how deep objects and arrays may be inside each other, 1 to 64
   * @param maxKeyBytes how many bytes of UTF-8 a member's name may have
   * @param asTexts whether scalars are written as texts, whatever their type
   * @param objects what classes unknown to shiplog become
   * @param masked which names hide their value
   * @param replacement what stands for a hidden value
   * @param mask what hides secrets within texts
   */
  public record Options(
      int maxDepth,
      int maxKeyBytes,
      boolean asTexts,
      ObjectForm objects,
      Predicate<String> masked,
      String replacement,
      TextMask mask) {
    /** Typed values, nothing hidden, unknown objects as texts. */
    public static final Options PLAIN =
        new Options(16, 256, false, ObjectForm.TEXT, name -> false, "****", TextMask.NONE);

    /** The same with another form of objects. */
    public Options with(ObjectForm form) {
      return new Options(maxDepth, maxKeyBytes, asTexts, form, masked, replacement, mask);
    }

    /** The same with secrets in texts hidden. */
    public Options with(TextMask texts, String hidden) {
      return new Options(maxDepth, maxKeyBytes, asTexts, objects, masked, hidden, texts);
    }
  }

  /** A writer of values as {@code options} say. */
  public ValueWriter(Options options) {
    this.options = options;
    inside = new Object[options.maxDepth() + 1];
    members = new @Nullable MemberNames[options.maxDepth() + 1];
    marks = new RecordWriter.Mark[options.maxDepth() + 2];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = new RecordWriter.Mark();
    }
  }

  /** Writes any value as one value. */
  public void write(@Nullable Object value, RecordWriter to) {
    if (value instanceof String text) {
      to.text(options.mask().apply(text));
      return;
    }
    if (value == null) {
      to.nil();
      return;
    }
    int at = depth;
    RecordWriter.Mark mark = to.mark(marks[at]);
    try {
      writeAny(value, to);
    } catch (Throwable failure) {
      if (failure instanceof Error error && mustPass(error)) {
        throw error;
      }
      to.rewind(mark);
      to.text("<unrepresentable: " + failure.getClass().getName() + ">");
    } finally {
      leaveTo(at);
    }
  }

  /** Whether a throwable is nobody's to catch: memory is out, or the thread is to die. */
  public static boolean mustPass(Throwable failure) {
    return failure instanceof OutOfMemoryError
        || failure.getClass().getName().equals("java.lang.ThreadDeath");
  }

  /** Writes a text, null as null. */
  public void text(@Nullable String value, RecordWriter to) {
    if (value == null) {
      to.nil();
    } else {
      to.text(options.mask().apply(value));
    }
  }

  /** Writes a member of the object under way: its name, and its value unless the name hides it. */
  public void member(String name, @Nullable Object value, RecordWriter to) {
    member(name, masks(name), value, to);
  }

  /** The same where it is known whether the value is hidden. */
  void member(String name, boolean hidden, @Nullable Object value, RecordWriter to) {
    to.name(name);
    if (value != null && hidden) {
      to.text(options.replacement());
    } else {
      write(value, to);
    }
  }

  /** Whether values of that name are hidden. */
  boolean masks(String name) {
    return options.masked().test(name);
  }

  /** What a key of any kind reads as. */
  private static String keyText(@Nullable Object key) {
    return key instanceof Enum<?> constant ? constant.name() : String.valueOf(key);
  }

  /** A key, cut and mended as the options say. */
  String memberName(String key) {
    return KeyText.clean(key, options.maxKeyBytes());
  }

  @SuppressWarnings("rawtypes")
  private void writeAny(Object value, RecordWriter to) throws Exception {
    if (value instanceof Number number) {
      writeNumber(number, to);
    } else if (value instanceof Boolean flag) {
      writeBoolean(flag, to);
    } else if (value instanceof Enum constant) {
      text(constant.name(), to);
    } else if (value instanceof CharSequence || value instanceof Character) {
      text(value.toString(), to);
    } else if (value instanceof Map map) {
      writeMap(map, to);
    } else if (value instanceof Collection collection) {
      writeCollection(collection, to);
    } else if (value.getClass().isArray()) {
      writeArray(value, to);
    } else {
      writeObject(value, to);
    }
  }

  private void writeNumber(Number value, RecordWriter to) {
    if (isLong(value)) {
      to.text("<too long>");
    } else if (options.mask() != TextMask.NONE && isSecret(value)) {
      to.text(options.replacement());
    } else if (options.asTexts()) {
      to.text(value.toString());
    } else if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof AtomicInteger
        || value instanceof AtomicLong) {
      to.number(value.longValue());
    } else if (value instanceof Double) {
      to.number(value.doubleValue());
    } else if (value instanceof Float) {
      to.number(value.floatValue());
    } else if (value instanceof BigDecimal decimal && value.getClass() == BigDecimal.class) {
      writeDecimal(decimal, to);
    } else if (value instanceof BigInteger integer
        && value.getClass() == BigInteger.class
        && integer.bitLength() <= MAX_DIGITS * 3) {
      to.number(integer);
    } else {
      to.text(value.toString());
    }
  }

  /** To make digits of so many bits takes long enough to stop an application. */
  private static boolean isLong(Number value) {
    return value instanceof BigInteger integer && integer.bitLength() > MAX_BITS
        || value instanceof BigDecimal decimal && decimal.unscaledValue().bitLength() > MAX_BITS;
  }

  /** A number is a secret if it would be one as a text: with an exponent, or without. */
  private boolean isSecret(Number value) {
    TextMask mask = options.mask();
    if (value instanceof Double || value instanceof Float) {
      double number = value.doubleValue();
      boolean whole = number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE;
      return mask.finds(value.toString()) || whole && mask.finds(Long.toString((long) number));
    }
    if (value instanceof BigDecimal decimal && Math.abs((long) decimal.scale()) <= MAX_DIGITS) {
      return mask.finds(decimal.toPlainString());
    }
    return mask.finds(value.toString());
  }

  private static void writeDecimal(BigDecimal value, RecordWriter to) {
    long exponent = (long) value.precision() - value.scale();
    if (value.precision() <= MAX_DIGITS && Math.abs(exponent) <= MAX_DIGITS) {
      to.number(value);
    } else {
      to.text(value.toString());
    }
  }

  private void writeBoolean(boolean value, RecordWriter to) {
    if (options.asTexts()) {
      to.text(Boolean.toString(value));
    } else {
      to.bool(value);
    }
  }

  private void writeMap(Map<?, ?> map, RecordWriter to) {
    if (!enter(map, to)) {
      return;
    }
    to.beginObject();
    MemberNames names = membersAt(depth).begin();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (names.size() == MAX_MEMBERS) {
        to.leavesOut(Math.max(1, map.size() - MAX_MEMBERS));
        break;
      }
      if (to.hopeless()) {
        break;
      }
      String key = keyText(entry.getKey());
      String name = names.unused(memberName(key));
      // a long key is cut, and what makes it a secret's may be at its end
      member(name, masks(key) || masks(name), entry.getValue(), to);
    }
    to.endObject();
  }

  /** An object's names, apart from those of the objects around it. */
  private MemberNames membersAt(int level) {
    @Nullable MemberNames names = members[level];
    if (names == null) {
      names = new MemberNames();
      members[level] = names;
    }
    return names;
  }

  private void writeCollection(Collection<?> collection, RecordWriter to) {
    if (!enter(collection, to)) {
      return;
    }
    to.beginArray();
    int count = 0;
    for (Object element : collection) {
      if (count++ == MAX_MEMBERS) {
        to.leavesOut(Math.max(1, collection.size() - MAX_MEMBERS));
        break;
      }
      if (to.hopeless()) {
        break;
      }
      write(element, to);
    }
    to.endArray();
  }

  private void writeArray(Object array, RecordWriter to) {
    if (array instanceof byte[] bytes) {
      writeBytes(bytes, to);
      return;
    }
    if (array instanceof char[] chars) {
      text(String.valueOf(chars), to);
      return;
    }
    if (!enter(array, to)) {
      return;
    }
    to.beginArray();
    int length = Array.getLength(array);
    int count = Math.min(length, MAX_MEMBERS);
    to.leavesOut(length - count);
    for (int i = 0; i < count && !to.hopeless(); i++) {
      write(Array.get(array, i), to);
    }
    to.endArray();
  }

  /** Bytes may be those of a text: MessagePack has them as they are, base64 hides nothing. */
  private void writeBytes(byte[] bytes, RecordWriter to) {
    if (options.mask() != TextMask.NONE
        && options.mask().finds(new String(bytes, StandardCharsets.UTF_8))) {
      to.text(options.replacement());
    } else {
      to.binary(bytes);
    }
  }

  @SuppressWarnings("JavaUtilDate") // users log Dates
  private void writeObject(Object value, RecordWriter to) throws Exception {
    if (value instanceof Instant instant) {
      text(instant.toString(), to);
    } else if (value instanceof Date date && !isPartOfTime(date)) {
      text(date.toInstant().toString(), to);
    } else if (value instanceof Calendar calendar) {
      text(calendar.toInstant().toString(), to);
    } else if (value instanceof Optional<?> optional) {
      write(optional.orElse(null), to);
    } else if (value instanceof OptionalInt optional) {
      write(optional.isPresent() ? optional.getAsInt() : null, to);
    } else if (value instanceof OptionalLong optional) {
      write(optional.isPresent() ? optional.getAsLong() : null, to);
    } else if (value instanceof OptionalDouble optional) {
      write(optional.isPresent() ? optional.getAsDouble() : null, to);
    } else if (value instanceof AtomicBoolean flag) {
      writeBoolean(flag.get(), to);
    } else if (value instanceof Class<?> type) {
      text(type.getName(), to);
    } else if (speaksForItself(value)) {
      text(value.toString(), to);
    } else {
      enterObject(value, to);
    }
  }

  /** java.sql.Date and Time are no points in time, and refuse to be made one. */
  @SuppressWarnings("JavaUtilDate") // users log Dates
  private static boolean isPartOfTime(Date date) {
    String type = date.getClass().getName();
    return type.equals("java.sql.Date") || type.equals("java.sql.Time");
  }

  /** The JDK's own types, times and throwables among them, have a text form that people know. */
  private static boolean speaksForItself(Object value) {
    return value instanceof Throwable
        || value.getClass().getName().startsWith("java.")
        || value.getClass().getName().startsWith("sun.");
  }

  private void enterObject(Object value, RecordWriter to) throws Exception {
    if (enter(value, to)) {
      options.objects().write(value, this, to);
    }
  }

  /** Goes into a value that holds others; writes what stands for it where that must not be. */
  boolean enter(Object value, RecordWriter to) {
    if (to.hopeless()) {
      // The record is written again with less: what is still to come must cost nothing.
      to.nil();
      return false;
    }
    if (depth == options.maxDepth()) {
      to.text("<too deep>");
      return false;
    }
    for (int i = 0; i < depth; i++) {
      if (inside[i] == value) {
        to.text("<cycle>");
        return false;
      }
    }
    inside[depth++] = value;
    return true;
  }

  /** Goes out of the value entered last. */
  void leave() {
    @Nullable MemberNames names = members[depth];
    if (names != null) {
      names.end();
    }
    inside[--depth] = null;
  }

  private void leaveTo(int outer) {
    while (depth > outer) {
      leave();
    }
  }
}

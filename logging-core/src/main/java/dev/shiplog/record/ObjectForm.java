package dev.shiplog.record;

/**
 * Gives objects of classes that shiplog does not know their structure, by way of a library that is
 * on the class path. Safe for any thread.
 */
public interface ObjectForm {
  /**
   * Writes {@code object} as one value through {@code values}, so that masks and limits hold inside
   * it too.
   *
   * @throws Exception whatever the object or its serializer throws; what was written by then is
   *     taken back by the caller
   */
  @SuppressWarnings("ThrowsUncheckedException")
  void write(Object object, ValueWriter values, RecordWriter to) throws Exception;

  /** Java records as objects of their components, all others as what their toString says. */
  ObjectForm TEXT = RecordForm::write;
}

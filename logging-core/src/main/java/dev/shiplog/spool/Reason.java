package dev.shiplog.spool;

import java.nio.file.FileSystemException;

/** Says why something failed: the messages of some exceptions are a path and nothing else. */
final class Reason {
  private Reason() {}

  static String of(Exception e) {
    String message = e.getMessage();
    boolean pathAlone = e instanceof FileSystemException f && f.getReason() == null;
    return message == null || pathAlone ? e.toString() : message;
  }
}

package dev.shiplog.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what a changed file is known. The real path is part of it: Kubernetes changes a mounted secret
 * by turning a symbolic link to another folder, where size and time may be the same.
 *
 * @param real null if there is no file
 */
record FileStamp(@Nullable Path real, long size, FileTime modified) {
  private static final FileTime NEVER = FileTime.fromMillis(0);

  /** The stamps of those files that are not null. */
  static List<FileStamp> of(@Nullable Path... files) {
    List<FileStamp> stamps = new ArrayList<>();
    for (Path file : files) {
      if (file != null) {
        stamps.add(of(file));
      }
    }
    return stamps;
  }

  private static FileStamp of(Path file) {
    try {
      Path real = file.toRealPath();
      return new FileStamp(real, Files.size(real), Files.getLastModifiedTime(real));
    } catch (IOException e) {
      return new FileStamp(null, 0, NEVER);
    }
  }
}

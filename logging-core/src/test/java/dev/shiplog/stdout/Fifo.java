package dev.shiplog.stdout;

import dev.shiplog.stdout.Descriptor.Line;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real pipe, between a descriptor of this process and a reader that reads, stops or goes. */
final class Fifo implements AutoCloseable {
  private final Path path;
  private final FileOutputStream out;
  private FileInputStream reader;

  Fifo(Path folder) throws IOException, InterruptedException {
    path = folder.resolve("fifo");
    int status = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("mkfifo ended with " + status);
    }
    // opening one end alone would wait for the other
    RandomAccessFile both = new RandomAccessFile(path.toFile(), "rw");
    out = new FileOutputStream(path.toFile());
    reader = new FileInputStream(path.toFile());
    both.close();
  }

  Descriptor descriptor() {
    return new Descriptor(out, Destination.of(path), new Line());
  }

  void readerGoes() throws IOException {
    reader.close();
  }

  void readerComes() throws IOException {
    reader = new FileInputStream(path.toFile());
  }

  /** Reads until the writing end is closed. */
  CompletableFuture<List<String>> lines() {
    InputStream in = reader;
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            in.transferTo(all);
            return all.toString(StandardCharsets.UTF_8).lines().toList();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Closes the writing end and returns what the reader got. */
  List<String> end(CompletableFuture<List<String>> lines)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    out.close();
    return lines.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    out.close();
    reader.close();
  }
}

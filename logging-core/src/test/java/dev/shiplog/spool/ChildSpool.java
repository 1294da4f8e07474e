package dev.shiplog.spool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the tests run in processes, and behind class loaders, of their own. */
public final class ChildSpool {
  private ChildSpool() {}

  /** Either {@code adopt DIR} or {@code append DIR LIFE}. */
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "adopt" -> {
        adoptAll(arguments[1]).forEach(System.out::println);
        System.out.println("done");
      }
      case "append" -> append(Path.of(arguments[1]), arguments[2]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Takes all there is, says what was in it, and removes it. */
  public static List<String> adoptAll(String dir) throws IOException {
    List<String> texts = new ArrayList<>();
    SpoolFolder folder = Log.folder(Path.of(dir));
    for (Spool spool : folder.adoptOrphans()) {
      texts.addAll(Log.texts(Log.readAll(spool)));
      spool.delete();
    }
    texts.addAll(folder.refusals());
    return texts;
  }

  /**
   * Appends until it is killed: what is in the log is told on stdout, which says no more than is
   * true. Old frames are released now and then, so that segments are used again and again.
   */
  private static void append(Path dir, String life) throws IOException {
    Spool spool = Log.folder(dir, SpoolSettings.of(1 << 20)).openOwn();
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out));
    Random random = new Random(life.hashCode());
    for (long n = 0; ; n++) {
      String text = life + ":" + n + ":" + "x".repeat(random.nextInt(700));
      long position = Log.appendPrepared(spool, text);
      if (position == Spool.FULL) {
        long half = (spool.start() + spool.end()) / 2;
        long[] first = {spool.end()};
        spool.read(
            spool.start(),
            spool.end(),
            (at, kind, settled, bytes, offset, length) -> {
              if (at >= half) {
                first[0] = Math.min(first[0], at);
              }
            });
        out.println("release " + first[0] + " .");
        spool.release(first[0]);
      } else {
        if (n % 3 == 0) {
          spool.settle(position);
        }
        out.println("append " + position + " " + text.length() + " " + n + " .");
      }
    }
  }
}

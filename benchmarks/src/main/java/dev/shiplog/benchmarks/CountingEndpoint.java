package dev.shiplog.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A forward endpoint that does nothing but count and acknowledge, in a process of its own so that
 * its work is not charged to the caller.
 *
 * <p>It prints its port, then answers a line with a line: {@code start MARK TOTAL} counts from
 * naught; {@code await} waits until TOTAL events have come, 60 s at most. Every answer is {@code
 * events bytes markedAt lastAt}: the last two are {@code System.nanoTime} when MARK was passed and
 * when the last frame came, on Linux the machine's monotonic clock, which the asking process
 * shares.
 */
final class CountingEndpoint {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition counted = lock.newCondition();
  private long events;
  private long bytes;
  private long mark;
  private long total;
  private long markedAt;
  private long lastAt;

  private final int ackAfterMillis;

  private CountingEndpoint(int ackAfterMillis) {
    this.ackAfterMillis = ackAfterMillis;
  }

  /** Serves until stdin ends; the argument is how many milliseconds an acknowledgement takes. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    CountingEndpoint endpoint = new CountingEndpoint(Integer.parseInt(arguments[0]));
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread acceptor = new Thread(() -> endpoint.accept(server), "acceptor");
      acceptor.setDaemon(true);
      acceptor.start();
      System.out.println(server.getLocalPort());
      BufferedReader asked =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      for (String line = asked.readLine(); line != null; line = asked.readLine()) {
        System.out.println(endpoint.answer(line));
      }
    }
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread reader = new Thread(() -> serve(socket), "connection");
        reader.setDaemon(true);
        reader.start();
      } catch (IOException e) {
        return; // the main thread has closed the server: stdin ended
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      try (OutputStream answers = ackAfterMillis > 0 ? new LateOutput(out, ackAfterMillis) : out) {
        new FrameCounter(socket.getInputStream(), answers, this::add).run();
      }
    } catch (IOException e) {
      System.err.println("connection: " + e);
    }
  }

  private void add(int moreEvents, int moreBytes) {
    lock.lock();
    try {
      lastAt = System.nanoTime();
      if (events < mark && events + moreEvents >= mark) {
        markedAt = lastAt;
      }
      events += moreEvents;
      bytes += moreBytes;
      if (events >= total) {
        counted.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private String answer(String line) throws InterruptedException {
    lock.lock();
    try {
      String[] words = line.split(" ");
      if (words[0].equals("start")) {
        mark = Long.parseLong(words[1]);
        total = Long.parseLong(words[2]);
        events = 0;
        bytes = 0;
      } else {
        long left = TimeUnit.SECONDS.toNanos(60);
        while (events < total && left > 0) {
          left = counted.awaitNanos(left);
        }
      }
      return events + " " + bytes + " " + markedAt + " " + lastAt;
    } finally {
      lock.unlock();
    }
  }
}

package dev.shiplog.samples.gallery.demo;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.shiplog.samples.gallery.Account;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Shows what was logged and received, and keeps what is wrong with it. */
final class Report {
  private static final int SHOWN_EVENTS = 3;
  private static final int SHOWN_CHARACTERS = 600;

  private final PrintStream out;
  private final List<String> failures = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  /** The container's output: of stdout a page view, a search, a failure. */
  void output(Path file, List<String> stderr) throws IOException {
    List<String> lines = Files.readAllLines(file);
    title("stdout: " + lines.size() + " lines of JSON in " + file + ", three of them");
    expect("there are lines", !lines.isEmpty());
    Stream.concat(lines.stream(), stderr.stream())
        .forEach(
            line ->
                expect(
                    "every line of the container output parses as JSON, but: " + line,
                    isObject(line)));
    show(lines, "access-log");
    show(lines, "search.hits");
    show(lines, "error.stack_trace");
  }

  /** What the endpoint received by tag, and where it went. */
  void received(ForwardEndpoint endpoint, Path store) throws IOException {
    title("the forward endpoint, by tag");
    endpoint
        .byTag()
        .forEach(
            (tag, events) ->
                out.printf(
                    "%6d  %s -> %s%n", events.size(), tag, destination(events.get(0), store)));

    List<ReceivedEvent> events = endpoint.distinctEvents();
    title("<match " + Routes.ACCESS_LOG + "> stdout, the first " + SHOWN_EVENTS);
    events.stream()
        .filter(Routes::isForStdout)
        .limit(SHOWN_EVENTS)
        .forEach(event -> out.println(Routes.line(event)));

    List<ReceivedEvent> stored = events.stream().filter(Routes::isForStore).toList();
    Routes.store(stored, store);
    title("<match " + Routes.GALLERY + "> " + stored.size() + " events in " + store);
    expect("every tag has a route", events.stream().allMatch(Routes::isRouted));
  }

  /** The gallery's own last words. */
  void accounts(List<Account> accounts) {
    title("the gallery's closing account, after SIGTERM");
    expect("there is an account of each appender", accounts.size() == 2);
    for (Account account : accounts) {
      out.println(account);
      expect("it balances: " + account, account.balanced());
    }
  }

  /** Whether the account is true, as far as the endpoint can tell. */
  void compare(List<Account> accounts, ForwardEndpoint endpoint, int requests) {
    long delivered =
        accounts.stream()
            .filter(account -> account.appender().equals("FLUENTD"))
            .mapToLong(Account::delivered)
            .sum();
    int received = endpoint.distinctEvents().size();
    int views = endpoint.events(Routes.ACCESS_LOG.toString()).size();
    out.printf("endpoint received %d, %d chunks twice%n", received, endpoint.duplicates().size());
    expect("received " + received + " is delivered " + delivered, received == delivered);
    expect("page views " + views + " are the requests " + requests, views == requests);
    expect("no problem: " + endpoint.problems(), endpoint.problems().isEmpty());
  }

  /** Says whether all is well. */
  boolean verdict() {
    title(failures.isEmpty() ? "every event is accounted for" : "NOT every event is accounted for");
    failures.forEach(failure -> out.println("failed: " + failure));
    return failures.isEmpty();
  }

  private void expect(String what, boolean holds) {
    if (!holds) {
      failures.add(what);
    }
  }

  private static boolean isObject(String line) {
    try {
      return JsonParser.parseString(line).isJsonObject();
    } catch (JsonParseException e) {
      return false;
    }
  }

  private void show(List<String> lines, String containing) {
    Predicate<String> fits = line -> line.contains(containing);
    String line = lines.stream().filter(fits).findFirst().orElse("(none has " + containing + ")");
    out.println(
        line.length() <= SHOWN_CHARACTERS
            ? line
            : line.substring(0, SHOWN_CHARACTERS) + " \u2026 (" + line.length() + " characters)");
  }

  private void title(String title) {
    out.println();
    out.println("== " + title);
  }

  private static String destination(ReceivedEvent event, Path store) {
    if (Routes.isForStdout(event)) {
      return "stdout";
    }
    return Routes.isForStore(event) ? store.getFileName().toString() : "nowhere";
  }
}

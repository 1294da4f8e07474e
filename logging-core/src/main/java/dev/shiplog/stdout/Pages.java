package dev.shiplog.stdout;

import dev.shiplog.sink.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a {@link PageQueue}, which guards every call with its lock.
 *
 * <pre>
 *   open (one a lane, being filled) ─seal─► sealed (in order) ─take─► writing ─finish─► spare
 * </pre>
 *
 * The bound counts the capacity of open, sealed and writing pages; a spare one costs nothing of it.
 */
final class Pages {
  private static final int MAX_PAGE_BYTES = 64 << 10;
  private static final int SPARE_PAGES = 8;

  private final int maxBytes;
  private final int pageBytes;
  private final List<Page> open = new ArrayList<>(2);
  private final ArrayDeque<Page> sealed = new ArrayDeque<>();
  private final ArrayDeque<Page> spare = new ArrayDeque<>();
  private @Nullable Page writing;
  private int usedBytes;
  private long lastSealed;
  private long lastFinished;

  /**
   * Makes no page yet.
   *
   * @param maxBytes the bound; a longer record is let in alone
   */
  Pages(int maxBytes) {
    this.maxBytes = maxBytes;
    this.pageBytes = Math.max(1, Math.min(MAX_PAGE_BYTES, maxBytes / 4));
  }

  /** Copies an entry into the open page of its lane; returns whether there was room. */
  boolean add(Entry entry, Lane lane) {
    Page page = openPage(lane);
    if (page != null && !page.hasRoomFor(entry.length())) {
      seal(page);
      page = null;
    }
    if (page == null) {
      int capacity = Math.max(entry.length(), pageBytes);
      if (usedBytes > 0 && capacity > maxBytes - usedBytes) {
        return false;
      }
      page = newPage(capacity, lane);
    }
    page.add(entry);
    return true;
  }

  /** The next page to write, or null if there is none; open pages only if no other is left. */
  @Nullable Page take() {
    if (sealed.isEmpty()) {
      sealOpen();
    }
    writing = sealed.poll();
    return writing;
  }

  /** Takes back a page that was written; returns false if it was given up meanwhile. */
  boolean finish(Page page) {
    if (writing != page) {
      return false;
    }
    writing = null;
    lastFinished = page.number();
    usedBytes -= page.capacity();
    return true;
  }

  /** Keeps a finished page for another use. */
  void recycle(Page page) {
    if (page.capacity() == pageBytes && spare.size() < SPARE_PAGES) {
      spare.add(page);
    }
  }

  /** Makes all that was added so far available to {@link #take}; returns the last page's number. */
  long sealOpen() {
    while (!open.isEmpty()) {
      seal(open.get(0));
    }
    return lastSealed;
  }

  /** The number of the last page that was finished. */
  long lastFinished() {
    return lastFinished;
  }

  /** Forgets all pages, the one being written included, after showing each to {@code observer}. */
  void giveUp(Consumer<Page> observer) {
    forEach(observer);
    open.clear();
    sealed.clear();
    spare.clear();
    writing = null;
    usedBytes = 0;
  }

  boolean isEmpty() {
    return writing == null && sealed.isEmpty() && open.isEmpty();
  }

  int usedBytes() {
    return usedBytes;
  }

  /** How many events are in pages, counted. */
  long events() {
    long[] events = {0};
    forEach(page -> events[0] += page.events());
    return events[0];
  }

  private void forEach(Consumer<Page> observer) {
    if (writing != null) {
      observer.accept(writing);
    }
    sealed.forEach(observer);
    open.forEach(observer);
  }

  private @Nullable Page openPage(Lane lane) {
    for (Page page : open) {
      if (page.lane() == lane) {
        return page;
      }
    }
    return null;
  }

  private Page newPage(int capacity, Lane lane) {
    Page reused = capacity == pageBytes ? spare.poll() : null;
    Page page = reused == null ? new Page(capacity, lane) : reused.reset(lane);
    usedBytes += capacity;
    open.add(page);
    return page;
  }

  private void seal(Page page) {
    open.remove(page);
    page.seal(++lastSealed);
    sealed.add(page);
  }
}

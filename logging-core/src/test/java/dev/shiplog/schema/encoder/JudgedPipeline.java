package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.LogEvent;
import dev.shiplog.event.TestEvent;
import dev.shiplog.pipeline.Encoding;
import dev.shiplog.pipeline.Pipeline;
import dev.shiplog.pipeline.RecordEncoding;
import dev.shiplog.record.Foreign;
import dev.shiplog.record.RecordParts;
import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.schema.Schemas;
import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.sink.Sink;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole pipeline of one schema in one encoding, at whose end each record is judged and counted.
 * The sink refuses some and drops some, so that the meters have something to tell apart. For one
 * thread.
 */
final class JudgedPipeline implements Sink {
  private static final int REFUSES_ONE_IN = 97;
  private static final int SPILLS_ONE_IN = 89;
  private static final int KEEPS_ONE_IN = 3;

  final int limit;
  private final boolean json;
  private final Meters meters = new Meters();
  private final Pipeline pipeline;
  private long logged;
  private long seen;
  private long refused;
  private long pending;
  private long truncated;
  private boolean whole;
  private final boolean splits;
  private final List<Map<String, @Nullable Object>> records = new ArrayList<>();
  private @Nullable Throwable objection;

  private JudgedPipeline(EventEncoder encoder, boolean json, RecordOptions options) {
    this.json = json;
    this.limit = options.maxEventBytes();
    this.splits = options.split();
    this.pipeline = new Pipeline(() -> new Watched(encoder), event -> "", this, meters);
    meters.gauges(() -> pending, () -> 0, () -> 0);
  }

  /** Records of that schema as JSON lines. */
  static JudgedPipeline json(String schema, RecordOptions options) {
    EventEncoder encoder =
        EventEncoder.compile(Schemas.named(schema).orElseThrow(), options, JsonWriter::new);
    return new JudgedPipeline(encoder, true, options);
  }

  /** Records of that schema as MessagePack entries. */
  static JudgedPipeline msgpack(String schema, RecordOptions options) {
    EventEncoder encoder =
        EventEncoder.compile(Schemas.named(schema).orElseThrow(), options, MessagePackWriter::new);
    return new JudgedPipeline(encoder, false, options);
  }

  /** Logs, and returns the record that became of it, or the records. */
  List<Map<String, @Nullable Object>> log(LogEvent event) throws Throwable {
    logged++;
    records.clear();
    pipeline.log(event);
    if (objection != null) {
      throw objection;
    }
    assertThat(records)
        .as("%s", meters.snapshot())
        .hasSizeBetween(1, splits ? RecordParts.MAX_PARTS : 1);
    return List.copyOf(records);
  }

  /** For a value that logs when it is looked at, be it in the middle of an event. */
  void logWithin() {
    logged++;
    int before = records.size();
    pipeline.log(new TestEvent().message("from within"));
    records.subList(before, records.size()).clear();
  }

  /** Whether all of the last event was in its record. */
  boolean whole() {
    return whole;
  }

  /** Checks what the meters say of all that was logged. */
  void checkCounts() {
    Meters.Snapshot counts = meters.snapshot();
    assertThat(counts.offered()).as("offered").isEqualTo(seen);
    assertThat(counts.refused()).as("refused").isEqualTo(refused);
    assertThat(counts.accepted()).as("accepted").isEqualTo(seen - refused);
    if (splits) {
      assertThat(seen).as("records").isGreaterThanOrEqualTo(logged);
    } else {
      assertThat(seen).as("records").isEqualTo(logged);
    }
    assertThat(counts.truncated()).as("truncated").isEqualTo(truncated);
    assertThat(counts.encodeFailures()).as("encode failures").isZero();
    assertThat(counts.balanced()).as("%s", counts).isTrue();
  }

  @Override
  public Outcome accept(Entry entry) {
    seen++;
    try {
      records.add(judged(entry));
    } catch (Throwable failure) { // which the pipeline would take for its own, and count
      objection = failure;
    }
    if (seen % REFUSES_ONE_IN == 0) {
      refused++;
      meters.refused();
      return Outcome.REFUSED;
    }
    meters.accepted(entry.length());
    if (seen % SPILLS_ONE_IN == 0) {
      meters.dropped(DropReason.SPILLED, entry.level(), 1);
      return Outcome.DROPPED;
    }
    if (seen % KEEPS_ONE_IN == 0) {
      pending++;
    } else {
      meters.delivered(1);
    }
    return Outcome.ACCEPTED;
  }

  private Map<String, @Nullable Object> judged(Entry entry) {
    assertThat(entry.offset()).isZero();
    assertThat(entry.length()).as("bytes").isBetween(1, limit);
    return json
        ? Foreign.line(entry.bytes(), entry.length())
        : Foreign.entry(entry.bytes(), entry.length());
  }

  @Override
  public void drain(Duration timeout) {}

  @Override
  public void close(Duration timeout) {}

  /** The real encoding, and what it said last. */
  private final class Watched implements Encoding {
    private final RecordEncoding encoding;

    Watched(EventEncoder encoder) {
      encoding = new RecordEncoding(encoder);
    }

    @Override
    public boolean encode(LogEvent event) {
      boolean fits = encoding.encode(event);
      whole = fits;
      truncated += fits ? 0 : 1;
      return fits;
    }

    @Override
    public boolean next() {
      return encoding.next();
    }

    @Override
    public byte[] bytes() {
      return encoding.bytes();
    }

    @Override
    public int length() {
      return encoding.length();
    }
  }
}

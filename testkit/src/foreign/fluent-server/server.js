// A forward endpoint that somebody else wrote: FluentServer of @fluent-org/logger.
//
//   node server.js ['{"tlsOptions": …, "security": …}']
//
// Listens on loopback at a port that the system chooses. Says on stdout "listening PORT", then one
// line of JSON for each event: {"tag", "seconds", "nanos", "record"}. nanos is null for a time that
// was sent as a plain number. What JSON has no form for is told apart by a single key: {"$bin": base64},
// {"$float": "NaN"}, {"$time": [seconds, nanos]}. Integers beyond 2^53 arrive rounded: @msgpack/msgpack 2
// makes every one a number. FluentServer acknowledges a frame before it emits its events, and closes
// without an answer at what it cannot read.
//
// Ends when its stdin ends, so that it never outlives the test that started it.
import { EventTime, FluentServer } from "@fluent-org/logger";

const options = process.argv[2] ? JSON.parse(process.argv[2]) : {};
const server = new FluentServer({ ...options, listenOptions: { host: "127.0.0.1", port: 0 } });

server.on("entry", (tag, time, record) => {
  const [seconds, nanos] = time instanceof EventTime ? [time.epoch, time.nano] : [time, null];
  process.stdout.write(JSON.stringify({ tag, seconds, nanos, record: plain(record) }) + "\n");
});

function plain(value) {
  if (value instanceof Uint8Array) return { $bin: Buffer.from(value).toString("base64") };
  if (value instanceof EventTime) return { $time: [value.epoch, value.nano] };
  if (typeof value === "number" && !Number.isFinite(value)) return { $float: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return value;
}

process.stdin.on("end", () => process.exit(0)).resume();
await server.listen();
process.stdout.write(`listening ${server.port}\n`);

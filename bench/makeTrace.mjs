import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';

/**
 * Writes a trace of a given size by repeating a recorded one, each time later by the length of the recording. Processes, threads
 * and ids stay, as they do when a page does the same work again; profiles begin anew with their shifted start.
 *
 *     node bench/makeTrace.mjs --from traces/recorded/x/trace.json.gz --out /tmp/large.json [--megabytes 200]
 */
export async function makeTrace({ from, out, bytes }) {
  const file = createReadStream(from);
  const { traceEvents, metadata } = JSON.parse(String(await buffer(from.endsWith('.gz') ? file.pipe(createGunzip()) : file)));
  const once = traceEvents.filter((event) => event.ph === 'M');
  const repeated = traceEvents.filter((event) => event.ph !== 'M' && event.ts > 0);
  const first = repeated.reduce((least, { ts }) => Math.min(least, ts), Infinity);
  const last = repeated.reduce((most, { ts, dur = 0 }) => Math.max(most, ts + dur), -Infinity);
  const parts = repeated.map(timeApart);
  const head = `{"traceEvents":[\n${once.map((event) => JSON.stringify(event)).join(',\n')}`;
  const tail = `],"metadata":${JSON.stringify(metadata ?? {})}}`;
  let events = once.length;

  function* text() {
    yield head;
    for (let written = head.length + tail.length, shift = 0; written < bytes; shift += last - first + 1000) {
      for (let from = 0; from < parts.length; from += 4096) {
        const block = parts.slice(from, from + 4096);
        const lines = block.map(([before, time, after]) => `,\n${before}${time + shift}${after}`).join('');
        written += lines.length;
        events += block.length;
        yield lines;
        if (written >= bytes) break;
      }
    }
    yield tail;
  }
  await pipeline(Readable.from(text()), createWriteStream(out));
  return { events };
}

/** An event's text cut at the one time that is to be shifted: of a Profile its start, of all others `ts`. */
function timeApart(event) {
  const marker = '"@"';
  const isProfile = event.name === 'Profile' && event.args?.data?.startTime > 0;
  const marked = isProfile
    ? { ...event, args: { ...event.args, data: { ...event.args.data, startTime: '@' } } }
    : { ...event, ts: '@' };
  const text = JSON.stringify(marked);
  const at = text.indexOf(marker);
  return [text.slice(0, at), isProfile ? event.args.data.startTime : event.ts, text.slice(at + marker.length)];
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, out: { type: 'string' }, megabytes: { type: 'string', default: '200' } },
  });
  if (!values.from || !values.out) {
    console.error('Usage: node bench/makeTrace.mjs --from <trace> --out <file> [--megabytes 200]');
    process.exit(2);
  }
  const { events } = await makeTrace({ from: values.from, out: values.out, bytes: Number(values.megabytes) * 1e6 });
  console.log(`${values.out}: ${values.megabytes} MB, ${events} events`);
}

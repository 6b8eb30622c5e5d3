import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { threadLabel } from '../../analyzers/activity/threads.js';
import { type Analysis, analyze } from '../../analyzers/index.js';
import { loadInput } from '../../src/loadInput.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';
import { TraceReader } from '../../src/trace/reader.js';
import type { Trace } from '../../src/trace/trace.js';
import { DecodedModules } from '../../src/wasm/decodedModules.js';
import { recordedNames, unpackRecorded } from '../bundle/unpackRecorded.js';

interface Event {
  readonly pid: number;
  readonly tid: number;
}

/** The same trace, written otherwise. */
const variants: Readonly<Record<string, (events: readonly Event[]) => readonly object[]>> = {
  'numbers in quotes': withIds((pid, tid) => `${tid ?? pid}`),
  names: withIds((pid, tid) => (tid === undefined ? `proc_${pid}` : `thread_${pid}_${tid}`)),
  'one name for the first thread of every process': withIds((pid, tid) => (tid === undefined ? `proc_${pid}` : `thread_${tid}`)),
  '64-bit thread ids': withIds((pid, tid) => (tid === undefined ? pid : 140589156634432 + tid * 4096)),
  '64-bit ids': withIds((pid, tid) => 2 ** 32 * (1 + pid) + (tid ?? 0)),
  '64-bit ids in quotes': withIds((pid, tid) => `${2 ** 32 * (1 + pid) + (tid ?? 0)}`),
  'ids beyond what a double holds': withIds((pid, tid) => `1844674407${String(pid).padStart(9, '0')}${tid ?? ''}`),
  'negative ids': withIds((pid, tid) => -(tid ?? pid) - 1),
  'no order': (events) => shuffled(events, random(1)),
  'no order, and names': (events) => shuffled(variants.names!(events), random(2)),
};

/** @param idOf of a process, or of its thread */
function withIds(idOf: (pid: number, tid?: number) => number | string) {
  return (events: readonly Event[]) =>
    events.map((event) => ({ ...event, pid: idOf(event.pid), tid: idOf(event.pid, event.tid) }));
}

function read(events: readonly object[]): Trace {
  const reader = new TraceReader();
  reader.push(new TextEncoder().encode(JSON.stringify({ traceEvents: events })));
  return reader.finish();
}

/** What does not depend on how ids are written: windows and causes to the last digit, and other times as far as sums have an order. */
function answers({ partition, inferences, compile, gc, glue, gpu, frames, notes }: Analysis, trace: Trace) {
  const noteIds = notes.map(({ level, id }) => `${level} ${id}`);
  const others = JSON.stringify({ inferences, compile, gc, glue, gpu, frames }, (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
  );
  const text = `{"partition":${JSON.stringify(partition)},"others":${others},"noteIds":${JSON.stringify(noteIds)}}`;
  const labels = Array.from(trace.tables.threads.columns.tid.keys(), (row) => threadLabel(trace, row));
  const byLength = labels.toSorted((one, other) => other.length - one.length);
  return JSON.parse(byLength.reduce((all, label) => all.replaceAll(label, 'a thread'), text));
}

/** The trace of a recorded bundle, and how to analyze another in its place: in the bundle, and alone. */
async function prepare(name: string) {
  const folder = await unpackRecorded(name);
  const packed = await readFile(join(folder, 'trace.json.gz'));
  const { traceEvents: events }: { readonly traceEvents: readonly Event[] } = JSON.parse(gunzipSync(packed).toString());
  const bundle = await loadInput(folder);
  const nothing = { manifest: null, baseline: null, gpu: null, modules: [] };
  const decoded = new DecodedModules();
  const alone = (trace: Trace) => answers(analyze({ ...bundle, ...nothing, trace }, decoded), trace);
  const inBundle = (trace: Trace) => answers(analyze({ ...bundle, trace }, decoded), trace);
  const plain = read(events);
  return { events, alone, inBundle, plain: { alone: alone(plain), inBundle: inBundle(plain) } };
}

const names = await recordedNames();

describe.each(names)('the trace of %s', (name) => {
  let prepared: ReturnType<typeof prepare> | undefined;
  // How ids are written is the reader's matter, so one trace shows it. Order is the matter of every kind of event.
  const tried = name === names[0] ? Object.keys(variants) : ['names', 'no order'];

  test.each(tried)('gives the same analysis with %s', async (variant) => {
    prepared ??= prepare(name);
    const { events, alone, plain } = await prepared;
    expect(plain.alone.partition.windows).toBeGreaterThan(1);
    expect(alone(read(variants[variant]!(events)))).toEqual(plain.alone);
  });

  test('gives the same analysis in its bundle, with no order, and names', async () => {
    prepared ??= prepare(name);
    const { events, inBundle, plain } = await prepared;
    expect(inBundle(read(variants['no order, and names']!(events)))).toEqual(plain.inBundle);
  });
});

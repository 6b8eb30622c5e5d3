import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { stackActivities } from '../../../analyzers/activity/callStacks.js';
import { findWasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import type { FoundWindows } from '../../../analyzers/activity/window.js';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { causeIds, contention, isa } from '../../../analyzers/partition/causes/index.js';
import { splitWindows } from '../../../analyzers/partition/splitWindows.js';
import { findWindows } from '../../../analyzers/windows/index.js';
import { asWindows } from '../../../analyzers/windows/measures.js';
import { loadInput } from '../../../src/loadInput.js';
import type { Trace } from '../../../src/trace/trace.js';
import { DecodedModules } from '../../../src/wasm/decodedModules.js';
import { recordedNames, unpackRecorded } from '../../bundle/unpackRecorded.js';
import { readEvents } from '../buildRun.js';
import { eventsOf, type RawEvent, stripped, strippings } from '../strippings.js';

/** A cause may take this much more of the windows once a source is gone: other samples are at other edges. */
const MARGIN = 0.01;
/** They hold what is not known. */
const UNKNOWN: ReadonlySet<string> = new Set(['unattributed', isa.unknown.id]);
/** A trace alone has none of the rest of a bundle. */
const ofTrace = strippings.filter(({ events }) => events !== undefined);

type Shares = ReadonlyMap<string, number>;

/** Share of each cause in the windows. Without windows nothing is claimed. */
const shares = ({ partition }: Analysis): Shares => new Map(partition?.causes.map(({ id, share }) => [id, share]));

function grown(before: Shares, after: Shares, allowed: number): [string, number][] {
  return [...after].filter(([id, share]) => !UNKNOWN.has(id) && share > (before.get(id) ?? 0) + allowed);
}

async function load(name: string, part: 'bundle' | 'trace') {
  const folder = await unpackRecorded(name);
  const path = join(folder, 'trace.json.gz');
  const text = (await promisify(gunzip)(await readFile(path))).toString();
  return { input: await loadInput(part === 'bundle' ? folder : path), events: eventsOf(text) };
}

describe.each(await recordedNames())('%s: taking evidence away makes no cause larger', (name) => {
  test.each([
    ['bundle', strippings],
    ['trace', ofTrace],
  ] as const)('of the %s', async (part, all) => {
    const { input, events } = await load(name, part);
    const decoded = new DecodedModules();
    const whole = analyze({ ...input, trace: readEvents(events) }, decoded);
    const before = shares(whole);
    expect(before.size).toBeGreaterThan(0);
    // Without thread times, time off the CPU stays where it was sampled.
    const offCpu = (before.get(contention.preempted.id) ?? 0) + (before.get(contention.lock.id) ?? 0);
    for (const stripping of all) {
      const { source } = stripping;
      const left = analyze(stripped(input, events, stripping), decoded);
      const after = shares(left);
      if (left.partition && left.partition.windowSource !== whole.partition!.windowSource) {
        expectTheSameCauses(events, stripping.events!(events));
        continue;
      }
      expect(grown(before, after, MARGIN + (source === 'thread times' ? offCpu : 0)), `without ${source}`).toEqual([]);
      const lost = [...before].filter(([id, share]) => !UNKNOWN.has(id) && (after.get(id) ?? 0) < share - MARGIN);
      if (lost.length === 0) continue;
      const notes = new Set(whole.notes.map(({ text }) => text));
      const said = left.notes.filter(({ text }) => !notes.has(text)).map(({ id }) => id);
      expect(said, `without ${source}, which ${lost.join('; ')} rested on`).not.toEqual([]);
    }
  });
});

/** Other inferences are found without their marks. Their causes are those that the marks would have shown, or fewer. */
function expectTheSameCauses(events: readonly RawEvent[], left: readonly RawEvent[]): void {
  const [whole, lost] = [readEvents(events), readEvents(left)];
  const found = findWindows(lost, null, null, findWasmFunctions(lost, []).functions);
  const { pid, tid } = whole.tables.threads.columns;
  const { columns: had } = lost.tables.threads;
  const rowOf = (thread: number): number =>
    tid.findIndex((each, row) => each === had.tid[thread] && pid[row] === had.pid[thread]);
  const again = found.windows.map(({ thread, startUs, endUs }) => ({ thread: rowOf(thread), startUs, endUs }));
  const before = sharesOf(whole, { ...found, windows: asWindows(whole, again) });
  const preempted = before.get(contention.preempted.id)!;
  expect(grown(before, sharesOf(lost, found), MARGIN + preempted)).toEqual([]);
}

function sharesOf(trace: Trace, found: FoundWindows): Shares {
  const { windows } = splitWindows(trace, found, stackActivities(trace, findWasmFunctions(trace, []).functions));
  const totalUs = windows.reduce((sum, { window }) => sum + window.endUs - window.startUs, 0);
  return new Map(causeIds.map((id) => [id, windows.reduce((sum, { split }) => sum + split[id], 0) / totalUs]));
}

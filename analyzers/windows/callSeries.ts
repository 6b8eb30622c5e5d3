import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { OnTrace } from '../activity/onTrace.js';
import { gpuReadbacks } from './gpuReadbacks.js';
import { type Burst, type Piece, seriesLengthUs, splitAtIdle, type ThreadSeries } from './series.js';

/** Idle time that is none, µs: JavaScript between two calls. */
const FLOOR_US = 500;
/** Of the time of all calls that come again: an export that takes this part of it is the inference, call by call. */
const DOMINATES = 0.8;
/** Exports by which Emscripten leaves Wasm in the middle of a call and comes back by another call of the same export. */
const LEAVES_MIDWAY = /^asyncify_/;

export interface OtherCall extends Piece {
  /** What calls of its export take in the median. */
  readonly usualUs: number;
}

export interface CallSeries extends ThreadSeries {
  /** Calls that are of no inference by their export, which is not in enough of them. */
  readonly others: readonly OtherCall[];
}

/**
 * Outermost calls into Wasm of one realm. Where one export takes nearly all the time, each of its calls is an inference, with
 * the short ones around it that hand over its inputs and take its outputs; else bursts of calls are.
 * @returns null where nothing comes again
 */
export function callSeries(realm: OnTrace<WasmRealm>): CallSeries | null {
  const pieces = piecesOf(realm);
  const { bursts, boundary, others } = splitAtIdle(pieces, FLOOR_US);
  const groups = boundary ? bursts : [{ pieces }];
  const timeOf = new Map<string, { us: number; calls: number }>();
  for (const { pieces: own } of groups) {
    for (const { entry, startUs, endUs } of own) {
      const one = timeOf.get(entry) ?? { us: 0, calls: 0 };
      timeOf.set(entry, { us: one.us + endUs - startUs, calls: one.calls + 1 });
    }
  }
  const again = [...timeOf].filter(([, { calls }]) => calls > 1).sort(([, a], [, b]) => b.us - a.us);
  const allUs = again.reduce((sum, [, { us }]) => sum + us, 0);
  const [entry, most] = again[0] ?? ['', { us: 0, calls: 0 }];
  const usualUs = usualCallUs(realm.log);
  const about = {
    thread: realm.thread,
    hasTasks: true,
    others: others.map((call) => ({ ...call, usualUs: usualUs[nameOf(call.entry)] ?? 0 })),
  };
  if (most.us >= DOMINATES * allUs && most.us > 0 && !realm.log.names.some((name) => LEAVES_MIDWAY.test(name))) {
    const spans = groups.flatMap((burst) => callByCall(burst, entry));
    return { ...about, spans, boundary: null, what: `calls of the Wasm export ${exportOf(realm.log, entry)}` };
  }
  if (!boundary) return null;
  return { ...about, spans: bursts, boundary, what: 'calls into Wasm' };
}

function piecesOf({ log, toTraceUs }: OnTrace<WasmRealm>): Piece[] {
  const { calls } = log;
  const pieces: Piece[] = [];
  let lastUs = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < calls.atMs.length; i++) {
    const startUs = toTraceUs(calls.atMs[i]!);
    const endUs = toTraceUs(Math.max(calls.atMs[i]! + calls.tookMs[i]!, calls.doneMs[i]!));
    const entry = `${calls.instance[i]} ${calls.name[i]}`;
    pieces.push({ startUs, endUs, entry, idleUs: i === 0 ? 0 : Math.max(0, startUs - lastUs) });
    lastUs = Math.max(lastUs, endUs);
  }
  return pieces;
}

function callByCall({ pieces }: Pick<Burst, 'pieces'>, entry: string): { startUs: number; endUs: number }[] {
  const spans: { startUs: number; endUs: number }[] = [];
  let startUs: number | null = null;
  for (const piece of pieces) {
    startUs ??= piece.startUs;
    if (piece.entry !== entry) continue;
    // One that was called while another was not done yet is part of that.
    if (piece.startUs >= (spans.at(-1)?.endUs ?? Number.NEGATIVE_INFINITY))
      spans.push({ startUs: Math.max(startUs, spans.at(-1)?.endUs ?? startUs), endUs: piece.endUs });
    startUs = null;
  }
  // Those behind the only one take its outputs; of several in a row nothing says whose they are.
  const [only] = spans;
  if (only && spans.length === 1) return [{ startUs: only.startUs, endUs: Math.max(...pieces.map(({ endUs }) => endUs)) }];
  return spans;
}

/** Untrusted text. */
function exportOf({ names }: WasmRealm, entry: string): string {
  return names[nameOf(entry)] ?? 'without a name';
}

/** Position in the realm's names. */
const nameOf = (entry: string): number => Number(entry.split(' ')[1]);

/**
 * How long a call of an export takes in the median, µs, those included that were too short to be written down: they count as 0. What takes long
 * only now and then had no core.
 * @returns per name of the realm
 */
function usualCallUs({ names, shortOf, calls }: Pick<WasmRealm, 'names' | 'shortOf' | 'calls'>): readonly number[] {
  const tookUs: number[][] = names.map(() => []);
  for (let i = 0; i < calls.name.length; i++) {
    tookUs[calls.name[i]!]?.push(1000 * Math.max(calls.tookMs[i]!, calls.doneMs[i]! - calls.atMs[i]!));
  }
  return tookUs.map((us, name) => {
    const short = shortOf?.[name] ?? 0;
    return us.sort((a, b) => a - b)[Math.floor((short + us.length) / 2) - short] ?? 0;
  });
}

/**
 * How many inferences a page has made so far, by what hooks wrote down and before there is a trace: those of the series that takes the most time. The
 * first ones are among them.
 */
export function countInferences(wasm: readonly WasmRealm[], gpu: readonly GpuRealm[]): number {
  const series = [...wasm.flatMap((log) => callSeries(byItself(log)) ?? []), ...gpuReadbacks({ gpuRealms: gpu.map(byItself) })];
  const [longest] = series.sort((a, b) => seriesLengthUs(b) - seriesLengthUs(a));
  return longest?.spans.length ?? 0;
}

/** On its own clock, of a thread that nothing is asked about. */
const byItself = <Log>(log: Log): OnTrace<Log> => ({ log, thread: 0, toTraceUs: (ms) => ms * 1000 });

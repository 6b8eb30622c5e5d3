import { max, sum } from 'simple-statistics';
import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { OnTrace } from '../activity/onTrace.js';
import { callRoles, modulesOf } from './callRoles.js';
import { gpuReadbacks } from './gpuReadbacks.js';
import { type Burst, type Piece, seriesLengthUs, splitAtIdle, type ThreadSeries } from './series.js';

/** Shorter pauses are not idle time but JavaScript between two calls, µs. */
const FLOOR_US = 500;
/** If one export takes at least this part of the time of all recurring calls, each call of it is an inference. */
const DOMINATES = 0.8;
/** Exports with which Emscripten leaves Wasm in the middle of a call, to return by another call of the same export. */
const LEAVES_MIDWAY = /^asyncify_/;

export interface OtherCall extends Piece {
  /** Median time of the calls of its export, µs. */
  readonly usualUs: number;
  /** True for a call of another module than the model's, which reads no outputs of it. */
  readonly isForeign: boolean;
}

export interface CallSeries extends ThreadSeries {
  /** Calls that belong to no inference: those of other modules, and those of exports that too few inferences call. */
  readonly others: readonly OtherCall[];
}

/**
 * Finds inferences in the outermost Wasm calls of one realm, among those of one module: a tokenizer or an image codec beside the model is
 * one of its own. If it is known which export runs a session, each call of it is an inference, and calls that create or release one are
 * none. Else, if one export takes nearly all the time, each call of it is an inference, together with the short calls around it that pass
 * inputs and outputs. Otherwise each burst of calls is an inference.
 * @returns null if no call recurs
 */
export function callSeries(realm: OnTrace<WasmRealm>): CallSeries | null {
  const { roleOf: roleOfCall, by } = callRoles(realm.log);
  const roleOf = (of: string) => roleOfCall(...callOf(of));
  const all = piecesOf(realm);
  const { module, sureness } = modelModule(all, (of) => roleOf(of) === 'run');
  const [pieces, foreign] = ofModule(all, module);
  const { bursts, boundary, others } = splitAtIdle(pieces, FLOOR_US);
  const groups = boundary ? bursts : [{ pieces }];
  const again = recurring(groups.flatMap(({ pieces: own }) => own));
  const allUs = again.reduce((us, [, one]) => us + one.us, 0);
  const runs = again.find(([of]) => roleOf(of) === 'run');
  const [entry, most] = runs ?? again[0] ?? ['', { us: 0, calls: 0 }];
  const usualUs = usualCallUs(realm.log);
  const other =
    (isForeign: boolean) =>
    (call: Piece): OtherCall => ({ ...call, usualUs: usualUs[callOf(call.entry)[1]] ?? 0, isForeign });
  const about = {
    thread: realm.thread,
    hasTasks: true,
    sureness,
    others: [...others.map(other(false)), ...foreign.map(other(true))].sort((a, b) => a.startUs - b.startUs),
  };
  const stays = !realm.log.names.some((name) => LEAVES_MIDWAY.test(name));
  if (runs && most.us > 0 && stays) {
    const isSetUp = (of: string): boolean => roleOf(of) === 'create' || roleOf(of) === 'release';
    const setUps = pieces
      .filter((piece) => isSetUp(piece.entry))
      .map((call) => ({ ...call, usualUs: Number.POSITIVE_INFINITY, isForeign: false }));
    return {
      ...about,
      spans: groups.flatMap(({ pieces: own }) => splitAt(own, isSetUp)).flatMap((burst) => callByCall(burst, entry)),
      others: [...about.others.filter((call) => !isSetUp(call.entry)), ...setUps].sort((a, b) => a.startUs - b.startUs),
      boundary: null,
      what: `calls of the Wasm export ${exportOf(realm.log, entry)}, which ${by === 'script' ? 'runs a session' : 'by its name runs what another sets up'}`,
      ...(by === 'script' && { isKnown: true }),
    };
  }
  if (most.us >= DOMINATES * allUs && most.us > 0 && stays) {
    const spans = groups.flatMap((burst) => callByCall(burst, entry));
    return { ...about, spans, boundary: null, what: `calls of the Wasm export ${exportOf(realm.log, entry)}` };
  }
  if (!boundary) return null;
  return { ...about, spans: bursts, boundary, what: 'calls into Wasm' };
}

interface Recurring {
  readonly us: number;
  readonly calls: number;
}

/** The time of the calls of each entry that was called more than once, longest first. */
function recurring(pieces: readonly Piece[]): (readonly [entry: string, time: Recurring])[] {
  const timeOf = new Map<string, Recurring>();
  for (const { entry, startUs, endUs } of pieces) {
    const one = timeOf.get(entry) ?? { us: 0, calls: 0 };
    timeOf.set(entry, { us: one.us + endUs - startUs, calls: one.calls + 1 });
  }
  return [...timeOf].filter(([, { calls }]) => calls > 1).sort(([, a], [, b]) => b.us - a.us);
}

/**
 * The module whose calls are inferences: the one that runs a session as far as that is known, else the one whose calls take the most time.
 * @returns `sureness` is 1, or the part of the time of recurring calls that it takes where nothing but time tells modules apart
 */
function modelModule(pieces: readonly Piece[], isRun: (entry: string) => boolean): { module: string | null; sureness: number } {
  const again = recurring(pieces);
  const run = again.find(([entry]) => isRun(entry));
  if (run) return { module: moduleOfEntry(run[0]), sureness: 1 };
  const timeOf = new Map<string, number>();
  for (const [entry, { us }] of again) timeOf.set(moduleOfEntry(entry), (timeOf.get(moduleOfEntry(entry)) ?? 0) + us);
  const [most] = [...timeOf].sort(([, a], [, b]) => b - a);
  const allUs = sum([...timeOf.values()]);
  return { module: most?.[0] ?? null, sureness: most && allUs > 0 ? most[1] / allUs : 1 };
}

/** The pieces of one module, and all others. A thread in another module is not idle. */
function ofModule(pieces: readonly Piece[], module: string | null): readonly [own: Piece[], foreign: Piece[]] {
  const own: Piece[] = [];
  const foreign: Piece[] = [];
  let idleUs = 0;
  for (const piece of pieces) {
    idleUs += piece.idleUs;
    if (module !== null && moduleOfEntry(piece.entry) !== module) foreign.push(piece);
    else {
      own.push({ ...piece, idleUs: own.length === 0 ? 0 : idleUs });
      idleUs = 0;
    }
  }
  return [own, foreign];
}

/** The pieces between those that pass a test, which are in none. */
function splitAt(pieces: readonly Piece[], isBorder: (entry: string) => boolean): Pick<Burst, 'pieces'>[] {
  const parts: Piece[][] = [[]];
  for (const piece of pieces) {
    if (isBorder(piece.entry)) parts.push([]);
    else parts.at(-1)!.push(piece);
  }
  return parts.filter((part) => part.length > 0).map((part) => ({ pieces: part }));
}

function piecesOf({ log, toTraceUs }: OnTrace<WasmRealm>): Piece[] {
  const { calls } = log;
  const moduleOf = modulesOf(log);
  const pieces: Piece[] = [];
  let lastUs = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < calls.atMs.length; i++) {
    const startUs = toTraceUs(calls.atMs[i]!);
    const endUs = toTraceUs(Math.max(calls.atMs[i]! + calls.tookMs[i]!, calls.doneMs[i]!));
    const entry = `${moduleOf(calls.instance[i]!)} ${calls.name[i]}`;
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
    // A call that began before the previous one ended is part of that one.
    if (piece.startUs >= (spans.at(-1)?.endUs ?? Number.NEGATIVE_INFINITY))
      spans.push({ startUs: Math.max(startUs, spans.at(-1)?.endUs ?? startUs), endUs: piece.endUs });
    startUs = null;
  }
  // Calls after a single inference read its outputs. After several in a row, nothing says to which a call belongs.
  const [only] = spans;
  if (only && spans.length === 1) return [{ startUs: only.startUs, endUs: max(pieces.map(({ endUs }) => endUs)) }];
  return spans;
}

/** Duration of a call until it returned and its promise, if any, settled, ms. */
export const callMs = ({ atMs, tookMs, doneMs }: WasmRealm['calls'], i: number): number =>
  Math.max(tookMs[i]!, doneMs[i]! - atMs[i]!);

/** Name of the export that an entry calls. Untrusted text. */
function exportOf({ names }: WasmRealm, entry: string): string {
  return names[callOf(entry)[1]] ?? 'without a name';
}

/** An instance of the module, and the position in the realm's names. */
function callOf(entry: string): readonly [instance: number, name: number] {
  const [instance, name] = entry.split(' ');
  return [Number(instance), Number(name)];
}

const moduleOfEntry = (entry: string): string => entry.split(' ')[0]!;

/**
 * Median time of a call of each export, µs. Calls that were too short to be recorded count as 0. The median ignores a call that
 * is long only because the thread had no core.
 * @returns one value per name of the realm
 */
function usualCallUs({ names, shortOf, calls }: Pick<WasmRealm, 'names' | 'shortOf' | 'calls'>): readonly number[] {
  const tookUs: number[][] = names.map(() => []);
  for (let i = 0; i < calls.name.length; i++) {
    tookUs[calls.name[i]!]?.push(1000 * callMs(calls, i));
  }
  return tookUs.map((us, name) => {
    const short = shortOf?.[name] ?? 0;
    return us.sort((a, b) => a - b)[Math.floor((short + us.length) / 2) - short] ?? 0;
  });
}

/**
 * Finds the inferences that a page has made so far, from the records of its hooks alone: the trace does not exist yet. They are
 * those of the series that takes the most time, the first ones included.
 * @returns with the name of the realm's last mark, and ms of its clock
 */
export function findInferences(
  wasm: readonly WasmRealm[],
  gpu: readonly GpuRealm[],
): { readonly realm: string; readonly startMs: number; readonly endMs: number }[] {
  const series = [
    ...wasm.map((log) => ({ of: log, found: callSeries(byItself(log)) })),
    ...gpu.flatMap((log) => gpuReadbacks({ gpuRealms: [byItself(log)] }).map((found) => ({ of: log, found }))),
  ];
  const [longest] = series
    .flatMap(({ of, found }) => (found ? [{ realm: of.clock.mark, found }] : []))
    .sort((a, b) => seriesLengthUs(b.found) - seriesLengthUs(a.found));
  if (!longest) return [];
  const { realm, found } = longest;
  return found.spans.map(({ startUs, endUs }) => ({ realm, startMs: startUs / 1000, endMs: endUs / 1000 }));
}

/** Their number. */
export const countInferences = (wasm: readonly WasmRealm[], gpu: readonly GpuRealm[]): number => findInferences(wasm, gpu).length;

/** A realm's log on its own clock. The thread is a placeholder. */
const byItself = <Log>(log: Log): OnTrace<Log> => ({ log, thread: 0, toTraceUs: (ms) => ms * 1000 });

import { callKind } from '../activity/gpu/calls.js';
import type { RealmOnTrace } from '../activity/gpu/realm.js';
import type { Search } from './finder.js';
import { type Piece, splitAtIdle, type ThreadSeries } from './series.js';

/** Shorter pauses do not count as idle time, µs. */
const FLOOR_US = 1000;

/**
 * Inferences by the GPU calls that hooks recorded. A round begins with the first upload or submission after a read-back, and ends
 * when the next read-back is complete. Rounds with little idle time between them belong to one inference.
 */
export function gpuReadbacks({ gpuRealms }: Pick<Search, 'gpuRealms'>): ThreadSeries[] {
  return gpuRealms.flatMap((realm) => contextsOf(realm).flatMap((context) => seriesOf(realm, context) ?? []));
}

/** Numbers of the contexts that a realm made calls of; null stands for all of them together. */
function contextsOf({ log: { calls } }: RealmOnTrace): (number | null)[] {
  return calls.context === undefined ? [null] : [...new Set(calls.context)];
}

function seriesOf(realm: RealmOnTrace, context: number | null): ThreadSeries | null {
  const rounds = roundsOf(realm, context);
  if (rounds.length === 0) return null;
  const { bursts, boundary } = splitAtIdle(rounds, FLOOR_US);
  return {
    thread: realm.thread,
    spans: boundary ? bursts : rounds,
    boundary,
    hasTasks: true,
    what: 'work for the GPU that is read back',
  };
}

/** The rounds of a context: each from the first work to its read-back. */
function roundsOf({ log: { names, calls }, toTraceUs }: RealmOnTrace, context: number | null): Piece[] {
  const kinds = names.map(callKind);
  const rounds: Piece[] = [];
  let startUs: number | null = null;
  let worked = false;
  for (let i = 0; i < calls.atMs.length; i++) {
    if (context !== null && calls.context?.[i] !== context) continue;
    const kind = kinds[calls.name[i]!] ?? null;
    const atUs = toTraceUs(calls.atMs[i]!);
    if (kind === 'upload' || kind === 'submission' || calls.count[i]! > 0) {
      startUs ??= atUs;
      worked ||= kind === 'submission' || calls.count[i]! > 0;
    }
    if (kind !== 'readback') continue;
    const endUs = toTraceUs(Math.max(calls.atMs[i]! + calls.tookMs[i]!, calls.doneMs[i]!));
    const last = rounds.at(-1);
    if (worked && startUs !== null) {
      rounds.push({ startUs, endUs, entry: '', idleUs: last ? Math.max(0, startUs - last.endUs) : 0 });
    } else if (last) rounds[rounds.length - 1] = { ...last, endUs: Math.max(last.endUs, endUs) };
    [startUs, worked] = [null, false];
  }
  return rounds;
}

import type { Counters } from '../counting/readCounters.js';
import type { RealmCounts } from '../pageHook/hooked.js';
import type { HookedInference } from './pageHooks.js';

/** All counters of a page at one moment. */
export interface CountReading {
  /** When, by the realm's mark: ms of its own clock. A realm that did not answer is missing. */
  readonly atMs: ReadonlyMap<string, number>;
  /** Per memory's name, the sums over all instances. */
  readonly counters: Counters;
  /** What each thread counted in all. A thread that is gone is missing. */
  readonly threads: ReadonlyMap<string, number>;
}

/**
 * Puts together what the realms of a page told. One memory may be told of by its worker and by those that it was handed to: the
 * realm that calls into Wasm for the longest is believed first, as its inferences are counted and it tells of both in one go.
 */
export function countReading(realms: readonly RealmCounts[]): CountReading {
  const inWasmMs = ({ wasm }: RealmCounts): number => wasm?.calls.tookMs.reduce((sum, ms) => sum + ms, 0) ?? 0;
  const [caller, ...others] = realms.toSorted((a, b) => inWasmMs(b) - inWasmMs(a));
  const rows = new Map((caller?.counters ?? []).map((row) => [row[0], row]));
  for (const row of others.flatMap(({ counters }) => counters).sort((a, b) => a[2] - b[2])) {
    if (!rows.has(row[0])) rows.set(row[0], row);
  }
  const counters = new Map<string, Map<number, number>>();
  const threads = new Map<string, number>();
  for (const [, realm, , name, at, values] of rows.values()) {
    const sums = counters.get(name) ?? new Map<number, number>();
    counters.set(name, sums);
    at.forEach((counter, i) => {
      sums.set(counter, (sums.get(counter) ?? 0) + values[i]!);
    });
    threads.set(realm, (threads.get(realm) ?? 0) + values.reduce((sum, value) => sum + value, 0));
  }
  return { atMs: new Map(realms.map(({ at }) => [at.mark, at.ms])), counters, threads };
}

/** Whether all that counted before is still there: no document was left, and no worker that counted has ended. */
export const follows = (before: CountReading, after: CountReading): boolean =>
  [...before.threads.keys()].every((realm) => after.threads.has(realm));

/** Threads that counted between two readings. */
export const threadsBetween = (before: CountReading, after: CountReading): number =>
  [...after.threads].filter(([realm, count]) => count > (before.threads.get(realm) ?? 0)).length;

/** A reading between two inferences. */
export interface PlacedReading extends CountReading {
  /** Inferences until then. */
  readonly inferences: number;
}

/**
 * Places readings among the inferences of one log that goes on after the last of them: what is taken for an inference may change
 * while a log grows, so readings are only compared by the same log. Those within an inference, or with none since the one before,
 * are left out.
 * @param inferences in order
 * @param atLeast inferences before the first reading
 */
export function placed<Reading extends CountReading>(
  readings: readonly Reading[],
  inferences: readonly HookedInference[],
  atLeast: number,
): (Reading & PlacedReading)[] {
  const kept: (Reading & PlacedReading)[] = [];
  for (const reading of readings) {
    const atMs = reading.atMs.get(inferences[0]?.realm ?? '');
    const wanted = kept.length === 0 ? atLeast : kept.at(-1)!.inferences + 1;
    if (atMs === undefined) continue;
    const before = inferences.filter(({ endMs }) => endMs <= atMs).length;
    const isWithin = inferences.some(({ startMs, endMs }) => startMs < atMs && endMs > atMs);
    if (!isWithin && before >= wanted) kept.push({ ...reading, inferences: before });
  }
  return kept;
}

import { callKind } from '../activity/gpu/calls.js';
import { callsOfRun, type RealmOnTrace } from '../activity/gpu/realm.js';
import { firstEndingAfter, type Span, union } from '../activity/spans.js';
import type { FoundWindows } from '../activity/window.js';
import { type CallSite, callSite } from '../gpu/gpuUse.js';

/**
 * Read-backs after which the same inference starts more work on the device: the processor needed what was computed, as for an
 * operator that the backend lacks, or where one model takes what another has put out. Means of an inference, by the page's clock.
 */
export interface ReadBacksAmid {
  readonly count: number;
  /** Until their bytes were there, with what they wait for, ms. */
  readonly ms: number;
  readonly bytes: number;
  /** The lines that made them, the most time first. */
  readonly sites: readonly AmidSite[];
}

export interface AmidSite {
  readonly call: string;
  /** Null where it was not written down. */
  readonly site: CallSite | null;
  readonly count: number;
  readonly ms: number;
  readonly bytes: number;
}

const MOST_SITES = 8;

/** @returns null where no calls of a GPU are known, or no inference */
export function readBacksAmid(realms: readonly RealmOnTrace[], { windows }: FoundWindows): ReadBacksAmid | null {
  if (realms.length === 0 || windows.length === 0) return null;
  const bySite = new Map<string, { call: string; site: CallSite | null; count: number; ms: number; bytes: number }>();
  for (const realm of realms) {
    const { names, calls, sites } = realm.log;
    for (const row of rowsAmid(realm, windows)) {
      const call = names[calls.name[row]!]!;
      const stack = sites[calls.site[row]!];
      const key = `${call} ${stack ?? ''}`;
      const known = bySite.get(key) ?? { call, site: stack === undefined ? null : callSite(stack), count: 0, ms: 0, bytes: 0 };
      bySite.set(key, known);
      const doneMs = calls.doneMs[row]!;
      known.count++;
      known.ms += doneMs >= 0 ? doneMs - calls.atMs[row]! : calls.tookMs[row]!;
      known.bytes += Math.max(0, calls.bytes[row]!);
    }
  }
  const all = [...bySite.values()].sort((a, b) => b.ms - a.ms);
  const mean = (value: (site: AmidSite) => number): number => all.reduce((sum, site) => sum + value(site), 0) / windows.length;
  return {
    count: mean(({ count }) => count),
    ms: mean(({ ms }) => ms),
    bytes: mean(({ bytes }) => bytes),
    sites: all.slice(0, MOST_SITES).map((each) => ({
      ...each,
      count: each.count / windows.length,
      ms: each.ms / windows.length,
      bytes: each.bytes / windows.length,
    })),
  };
}

/** Rows of the read-backs that are complete before the same inference starts more work. What is read meanwhile holds up nothing. */
function rowsAmid({ log, toTraceUs }: RealmOnTrace, windows: FoundWindows['windows']): number[] {
  const { names, calls } = log;
  const isReadBack = names.map((name) => callKind(name) === 'readback');
  const isOfRun = callsOfRun(log);
  const doneMs = (row: number): number => Math.max(calls.doneMs[row]!, calls.atMs[row]! + Math.max(0, calls.tookMs[row]!));
  const spans = apart(windows);
  const amid: number[] = [];
  let waiting: number[] = [];
  let current = -1;
  for (let row = 0; row < calls.atMs.length; row++) {
    if (!isOfRun(row)) continue;
    const atUs = toTraceUs(calls.atMs[row]!);
    const at = firstEndingAfter(spans, atUs);
    if (at !== current) [waiting, current] = [[], at];
    if (!(spans[at] && spans[at].startUs <= atUs)) continue;
    if (calls.count[row]! > 0) {
      amid.push(...waiting.filter((read) => doneMs(read) <= calls.atMs[row]!));
      waiting = waiting.filter((read) => doneMs(read) > calls.atMs[row]!);
    }
    if (isReadBack[calls.name[row]!]) waiting.push(row);
  }
  return amid;
}

/** Inferences one after the other; those that overlap are one. */
function apart(windows: FoundWindows['windows']): readonly Pick<Span<null>, 'startUs' | 'endUs'>[] {
  const sorted = [...windows].sort((a, b) => a.startUs - b.startUs);
  return sorted.some(({ startUs }, i) => i > 0 && startUs < sorted[i - 1]!.endUs) ? union(windows) : sorted;
}

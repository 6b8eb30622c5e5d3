import { median } from 'simple-statistics';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { Trace } from '../../src/trace/trace.js';
import type { Window } from '../activity/window.js';
import type { FoundInferences } from './finder.js';

/** A first inference stands out if it takes at least this many times as long as the median of those after it. */
const STANDS_OUT = 1.5;
/** Chrome's marks on a page's main thread when it loads a document. Both stem from the Navigation Timing specification. */
const DOCUMENT = /^(navigationStart|commitNavigationEnd)$/;

export interface Phased extends Pick<FoundInferences, 'windows' | 'setup' | 'warmup'> {
  /** First inferences that stand out, the warm-up among them. They do not count as predictions. */
  readonly leading: readonly Window[];
}

/**
 * Sorts the inferences of a watched page into phases. The warm-up is the first inference of a page that was recorded from its
 * start. Inferences after it that stand out too are no predictions, nor are those at the begin of every later document. If the
 * page was already running, no warm-up is known. Setup reaches from the page's begin to its first inference.
 */
export function inPhases(trace: Trace, found: FoundInferences, { page, recorded }: PageManifest): Phased {
  const leading: Window[] = [];
  const steady: Window[] = [];
  const commits = documentStarts(trace);
  for (const thread of new Set(found.windows.map((window) => window.thread))) {
    const own = found.windows.filter((window) => window.thread === thread);
    for (const [i, windows] of byDocument(own, commits.get(thread) ?? []).entries()) {
      const first = leadingCount(windows, i === 0 ? page.fromStart : false, i > 0 || page.fromStart);
      leading.push(...windows.slice(0, first));
      steady.push(...windows.slice(first));
    }
  }
  const byTime = (a: Window, b: Window): number => a.startUs - b.startUs;
  leading.sort(byTime);
  const first = leading[0] ?? null;
  const beginUs = first && page.fromStart ? (recorded?.startUs ?? null) : null;
  const setup =
    found.setup ??
    (first && beginUs !== null && beginUs < first.startUs
      ? { thread: first.thread, startUs: beginUs, endUs: first.startUs, offCpuUs: Number.NaN }
      : null);
  return { windows: steady.sort(byTime), setup, warmup: page.fromStart ? first : null, leading };
}

/** Times at which documents were loaded, per thread, µs. */
function documentStarts(trace: Trace): Map<number, number[]> {
  const { columns, length } = trace.tables.instants;
  const starts = new Map<number, number[]>();
  const isStart = columns.name.strings.map((name) => DOCUMENT.test(name));
  for (let row = 0; row < length; row++) {
    if (!isStart[columns.name.codes[row]!]) continue;
    const thread = columns.thread[row]!;
    const own = starts.get(thread);
    if (own) own.push(columns.atUs[row]!);
    else starts.set(thread, [columns.atUs[row]!]);
  }
  return starts;
}

function byDocument(windows: readonly Window[], starts: readonly number[]): Window[][] {
  const groups: Window[][] = [];
  let next = 0;
  for (const window of windows) {
    const passed = next;
    while (next < starts.length && starts[next]! <= window.startUs) next++;
    if (groups.length === 0 || next > passed) groups.push([window]);
    else groups.at(-1)!.push(window);
  }
  return groups;
}

/** Number of first inferences that stand out. At most half of all, since standing out is the exception. */
function leadingCount(windows: readonly Window[], firstIsWarmup: boolean, mayStandOut: boolean): number {
  const lengthUs = ({ startUs, endUs }: Window): number => endUs - startUs;
  // A single inference stays a prediction, as there is nothing else to analyze.
  let count = firstIsWarmup && windows.length > 1 ? 1 : 0;
  while (mayStandOut && count < windows.length / 2) {
    const after = windows.slice(count + 1);
    if (after.length === 0 || lengthUs(windows[count]!) < STANDS_OUT * median(after.map(lengthUs))) break;
    count++;
  }
  return count;
}

import { median } from 'simple-statistics';
import { gpuRealms } from '../../analyzers/activity/gpu/realm.js';
import { onTrace } from '../../analyzers/activity/onTrace.js';
import { findWasmFunctions } from '../../analyzers/activity/wasmFunctions.js';
import type { Window } from '../../analyzers/activity/window.js';
import type { Analysis } from '../../analyzers/index.js';
import { analyze } from '../../analyzers/index.js';
import { findWindows } from '../../analyzers/windows/index.js';
import { loadInput } from '../../src/loadInput.js';
import type { PageLogEntry } from './pageLogEntry.js';

/** How what was found in a bundle agrees with what its page wrote down. */
export interface Comparison {
  readonly analysis: Analysis;
  /** Inferences of the page's log that lie in the recording. */
  readonly logged: number;
  readonly found: number;
  /** Part of the logged ones that were found, and of the found ones that the page logged, at the recording's edges too; NaN where there are none. */
  readonly recall: number;
  readonly precision: number;
  /** When the recording ended, in the log's time, ms. */
  readonly recordedUntilMs: number;
  /** How far a logged one's begin is from the nearest found one's, in the median; NaN where none is logged, infinite where none is found. */
  readonly apartMs: number;
}

/** @param log of a page in a browser of this machine, with times since 1970 */
export async function compareWithLog(
  bundle: string,
  log: readonly PageLogEntry[],
  mark: string | null = null,
): Promise<Comparison> {
  const input = await loadInput(bundle, { mark });
  const { trace, page } = input;
  if (!trace || !page?.recorded) throw new Error(`${bundle} has no trace, or does not say from when to when it is`);
  const { startUs, endUs } = page.recorded;
  const { windows, leading } = findWindows(trace, null, mark, findWasmFunctions(trace, input.modules).functions, {
    page,
    wasmRealms: input.wasm?.realms.flatMap((realm) => onTrace(trace, realm) ?? []) ?? [],
    gpuRealms: input.gpu ? gpuRealms(trace, input.gpu) : [],
  });
  const found = [...leading, ...windows];
  const offsetUs = traceClockAheadUs();
  const inferences = log
    .filter(({ phase }) => phase !== 'load')
    .map((entry) => ({ startUs: entry.startMs * 1000 + offsetUs, endUs: entry.endMs * 1000 + offsetUs }));
  const logged = inferences.filter((entry) => entry.startUs >= startUs && entry.endUs <= endUs);
  return {
    analysis: analyze(input),
    logged: logged.length,
    found: found.length,
    recordedUntilMs: (endUs - offsetUs) / 1000,
    recall: shareOf(logged, (entry) => found.some((window) => matches(window, entry))),
    precision: shareOf(found, (window) => inferences.some((entry) => matches(window, entry))),
    apartMs: logged.length === 0 ? Number.NaN : median(logged.map((entry) => nearestUs(found, entry))) / 1000,
  };
}

/** So often are the two clocks read: a busy machine takes the core away between them, but not each time. */
const READINGS = 20;

/**
 * How far the trace's clock, which is Node's monotonic one, is ahead of the time since 1970: both run alike, and the latter is read as it moves on,
 * as it is told in whole milliseconds. What comes between the two readings only adds. https://chromium.googlesource.com/chromium/src/+/main/base/time/time.h
 */
function traceClockAheadUs(): number {
  const readings = Array.from({ length: READINGS }, () => {
    const before = Date.now();
    let now = before;
    while (now === before) now = Date.now();
    return Number(process.hrtime.bigint()) / 1000 - now * 1000;
  });
  return Math.min(...readings);
}

type Span = Pick<Window, 'startUs' | 'endUs'>;

/** The overlap is more than half of both. */
function matches(one: Span, other: Span): boolean {
  const sharedUs = Math.min(one.endUs, other.endUs) - Math.max(one.startUs, other.startUs);
  return sharedUs > (one.endUs - one.startUs) / 2 && sharedUs > (other.endUs - other.startUs) / 2;
}

const nearestUs = (all: readonly Span[], { startUs }: Span): number =>
  Math.min(...all.map((one) => Math.abs(one.startUs - startUs)));

const shareOf = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length / all.length;

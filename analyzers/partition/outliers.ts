import { mean } from 'simple-statistics';
import type { GlueFunction } from '../runtime/glue.js';
import { causes } from './causes/index.js';
import type { Evidence } from './evidence.js';
import { causeMeans, inMs } from './partition.js';
import type { SplitWindow } from './splitWindows.js';

/** Inferences that take markedly longer than the typical ones, which the partition is of. */
export interface Outliers {
  readonly windows: number;
  /** Of so many. */
  readonly of: number;
  /** Mean and longest of them, and the mean of typical ones. */
  readonly ms: number;
  readonly longestMs: number;
  readonly typicalMs: number;
  /** What they have more of than typical ones, most first; causes of less than a tenth of it are left out. */
  readonly more: readonly OutlierCause[];
}

/** Names in it are untrusted text. */
export interface OutlierCause {
  readonly id: string;
  readonly title: string;
  /** Mean of one of them beyond that of a typical one. */
  readonly ms: number;
  /** Of what they take longer. */
  readonly share: number;
  /** What the trace shows for all of the cause in them. */
  readonly evidence: string;
  /** Functions of scripts that take it, most first; three at most, and none where the cause is no script. */
  readonly functions: readonly OutlierFunction[];
}

export type OutlierFunction = Pick<GlueFunction, 'cause' | 'builtin' | 'function' | 'script' | 'line' | 'ms'>;

const MIN_SHARE = 0.1;
const MOST_FUNCTIONS = 3;

/**
 * @param of number of all windows
 * @param evidence what the trace shows in the longer windows
 * @param scripts functions in the longer windows, and in typical ones: means per window
 */
export function outliersOf(
  longer: readonly SplitWindow[],
  typical: readonly SplitWindow[],
  of: number,
  evidence: Evidence,
  scripts: readonly GlueFunction[],
  usualScripts: readonly GlueFunction[],
): Outliers {
  const [timesMs, usual] = [longer.map(inMs), typical.map(inMs)];
  const [ms, typicalMs] = [mean(timesMs.map((each) => each.ms)), mean(usual.map((each) => each.ms))];
  const usualMs = new Map(causeMeans(usual).map((cause) => [cause.id, cause.ms]));
  const functions = beyond(scripts, usualScripts);
  const more = causeMeans(timesMs)
    .map((cause) => ({ id: cause.id, ms: cause.ms - (usualMs.get(cause.id) ?? 0) }))
    .filter((cause) => cause.ms >= MIN_SHARE * (ms - typicalMs))
    .sort((a, b) => b.ms - a.ms)
    .map((cause): OutlierCause => {
      const { title } = causes[cause.id];
      const own = functions.filter((each) => each.cause === cause.id).slice(0, MOST_FUNCTIONS);
      return { ...cause, title, share: cause.ms / (ms - typicalMs), evidence: evidence[cause.id] ?? '', functions: own };
    });
  return { windows: longer.length, of, ms, longestMs: Math.max(...timesMs.map((each) => each.ms)), typicalMs, more };
}

/** What functions take beyond what they usually take, most first. */
function beyond(scripts: readonly GlueFunction[], usual: readonly GlueFunction[]): OutlierFunction[] {
  const keyOf = (each: GlueFunction): string => JSON.stringify([each.cause, each.builtin, each.function, each.script, each.line]);
  const usualMs = new Map(usual.map((each) => [keyOf(each), each.ms]));
  return scripts
    .map((each) => ({ each, ms: each.ms - (usualMs.get(keyOf(each)) ?? 0) }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms)
    .map(({ each, ms }) => ({
      cause: each.cause,
      builtin: each.builtin,
      function: each.function,
      script: each.script,
      line: each.line,
      ms,
    }));
}

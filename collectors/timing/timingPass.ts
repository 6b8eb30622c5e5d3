import { mean, median } from 'simple-statistics';
import type { Manifest } from '../../src/bundle/manifest.js';
import { byReplicate } from '../../src/stats/byReplicate.js';
import type { PassContext } from '../passContext.js';
import { REPLICATES, replicatesOf } from './replicatesOf.js';
import { timingReplicate } from './timingReplicate.js';
import { NARROW, relativeWidth } from './timingRounds.js';

/** Budget of the rounds of one replicate. */
const ROUNDS_BUDGET_MS = 2000;
/** Budget of the whole pass. After it, no replicate begins. */
const BUDGET_MS = 60_000;
/** The others come after the trace pass, so that a drift of the machine is not mistaken for the cost of recording. */
const REPLICATES_BEFORE = 2;

/**
 * The timing pass: predictions without recording, in as many fresh processes as the interval needs. It returns a function that
 * runs the part before the trace pass, or the part after it.
 */
export function timingPass(context: PassContext): (part: 'before' | 'after') => Promise<void> {
  const { options, record, progress } = context;
  const { setups, rounds } = record.manifest.timingPass;
  const { iterations, processes } = options;
  const replicates = replicatesOf(options);
  const startedMs = performance.now();
  const tookMs: number[] = [];
  // With so many asked for, or predictions shared out among them, all are made.
  const most = iterations === null && processes === null ? `at most ${replicates}` : String(replicates);
  const isEnough = (): boolean =>
    iterations === null &&
    processes === null &&
    setups.length >= REPLICATES.min &&
    (relativeWidth(byReplicate(rounds, ({ browserMs }) => browserMs)) < NARROW || performance.now() - startedMs > BUDGET_MS);
  return async (part) => {
    const until = part === 'after' ? replicates : Math.min(REPLICATES_BEFORE, Math.ceil(replicates / 2));
    while (setups.length < until && !isEnough()) {
      const number = setups.length;
      const left = tookMs.length > 0 ? `, about ${Math.ceil((mean(tookMs) * (replicates - number)) / 1000)} s left` : '';
      progress.step(`Timing, browser and native in turn (process ${number + 1} of ${most}${left})`);
      const share = iterations === null ? null : shareOf(iterations, replicates, number);
      const begunMs = performance.now();
      await timingReplicate(part, { iterations: share, budgetMs: ROUNDS_BUDGET_MS }, context);
      tookMs.push(performance.now() - begunMs);
    }
  };
}

/** The share of a number of iterations for one of the replicates. All shares sum to the number. */
function shareOf(iterations: number, replicates: number, replicate: number): number {
  return Math.floor(iterations / replicates) + (replicate < iterations % replicates ? 1 : 0);
}

/** Median latency of the timed predictions so far, ms; 0 if there are none. It sets the length and resolution of later passes. */
export function timedLatencyMs({ timingPass }: Pick<Manifest, 'timingPass'>): number {
  const timedMs = timingPass.rounds.flatMap(({ browserMs }) => browserMs);
  return timedMs.length === 0 ? 0 : median(timedMs);
}

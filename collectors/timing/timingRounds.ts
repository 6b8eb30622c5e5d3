import { median } from 'simple-statistics';
import type { Manifest } from '../../src/bundle/manifest.js';
import { type Replicated, replicatedMedian } from '../../src/stats/replicatedMedian.js';
import type { Progress } from '../progress.js';

/** Latencies of one turn in the browser and natively, ms. */
export type Turn = Pick<Manifest['timingPass']['rounds'][number], 'browserMs' | 'nativeMs' | 'tfjsNodeMs'>;

/** Runs `count` predictions and returns their latencies, ms. */
export type Predict = (count: number) => Promise<readonly number[]>;

/** The runtimes that take turns; null for a missing one. */
export interface Sides {
  readonly browser: Predict;
  readonly native: Predict | null;
  readonly tfjsNode: Predict | null;
}

export interface TimingPlan {
  /** Exact number of predictions; null: until the interval is narrow. */
  readonly iterations: number | null;
  /** Longest duration of the rounds, ms. */
  readonly budgetMs: number;
}

/** Fewer rounds tell nothing about the variation between rounds. */
const MIN_ROUNDS = 5;
const MAX_ITERATIONS = 200;
/** Longer than a scheduler tick, and short enough that browser and native see the same machine state. */
const BLOCK_MS = 400;
const MAX_BLOCK = 20;

/** Width of the 95 % interval of the prediction, relative to it, at which timing is good enough. */
export const NARROW = 0.03;

/**
 * Times predictions without recording: a block in the browser, a block natively, one in tfjs-node if available, and again (A B A
 * B, or A B C A B C). It ends when the interval of the browser's median is narrow, or the given number or the time budget is
 * reached. Each finished round is passed to `keep` at once.
 */
export async function timingRounds(
  plan: TimingPlan,
  { browser, native, tfjsNode }: Sides,
  keep: (round: Turn) => Promise<void>,
  progress: Progress,
): Promise<void> {
  const startedMs = performance.now();
  const rounds: Turn[] = [];
  const done = (): number => rounds.reduce((sum, round) => sum + round.browserMs.length, 0);
  let fraction = 0;
  let block = plan.iterations === null ? 1 : Math.ceil(plan.iterations / MIN_ROUNDS);
  for (;;) {
    const count = plan.iterations === null ? block : Math.min(block, plan.iterations - done());
    const browserMs = [...(await browser(count))];
    const nativeMs = native ? [...(await native(count))] : [];
    const round: Turn = { browserMs, nativeMs, ...(tfjsNode && { tfjsNodeMs: [...(await tfjsNode(count))] }) };
    rounds.push(round);
    await keep(round);

    const spent = (performance.now() - startedMs) / plan.budgetMs;
    const width = relativeWidth([rounds.map(({ browserMs }) => browserMs)]);
    // The interval's width fluctuates with the machine's noise, but the displayed progress only grows.
    fraction = Math.max(
      fraction,
      plan.iterations === null ? Math.max(spent, enough(rounds) ? NARROW / width : 0) : done() / plan.iterations,
    );
    progress.advance(
      fraction,
      `${done()} predictions, median ${median(rounds.flatMap((r) => r.browserMs)).toFixed(1)} ms${widthText(width)}`,
    );
    if (plan.iterations !== null ? done() >= plan.iterations : spent >= 1 || done() >= MAX_ITERATIONS) return;
    if (plan.iterations === null && enough(rounds) && width < NARROW) return;
    if (plan.iterations === null) block = blockLength(rounds);
  }
}

/** Width of that interval, relative to the prediction; infinite before the first. */
export function relativeWidth(replicates: Replicated<number>): number {
  const estimate = replicatedMedian(replicates, median);
  return estimate ? (estimate.ci95[1] - estimate.ci95[0]) / estimate.value : Number.POSITIVE_INFINITY;
}

const widthText = (width: number): string => (Number.isFinite(width) ? `, 95 % interval ${(width * 100).toFixed(1)} % wide` : '');

const enough = (rounds: readonly Turn[]): boolean => rounds.length >= MIN_ROUNDS;

function blockLength(rounds: readonly Turn[]): number {
  const latencyMs = median(rounds.flatMap((round) => round.browserMs));
  return Math.max(1, Math.min(MAX_BLOCK, Math.round(BLOCK_MS / latencyMs)));
}

/** After about this number, V8 has replaced baseline code and compiled the last lazy functions. */
const MOST_SETTLING = 15;
/** The second prediction still compiles and allocates what the first did not need. */
const LEAST_SETTLING = 2;

/** Time for a process to settle before its predictions count. */
export const SETTLING_MS = 1000;

/**
 * Runs the predictions between the warm-up and the counted ones, while code is still being compiled and caches fill. It ends
 * after enough of them or, for long ones, at the limit.
 * @param limitMs after it, only the least number is completed
 * @returns their latencies, ms
 */
export async function settle(predict: Predict, limitMs: number): Promise<number[]> {
  const endMs = performance.now() + limitMs;
  const tookMs: number[] = [];
  while (tookMs.length < LEAST_SETTLING || (tookMs.length < MOST_SETTLING && performance.now() < endMs))
    tookMs.push(...(await predict(1)));
  return tookMs;
}

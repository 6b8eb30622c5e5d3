import { median } from 'simple-statistics';
import type { Manifest } from '../../src/bundle/manifest.js';
import { type Replicated, replicatedMedian } from '../../src/stats/replicatedMedian.js';
import type { Progress } from '../progress.js';

/** What ran in the browser and natively side by side, ms each. */
export type Turn = Pick<Manifest['timingPass']['rounds'][number], 'browserMs' | 'nativeMs' | 'tfjsNodeMs'>;

/** Runs `count` predictions and gives their latencies, ms. */
export type Predict = (count: number) => Promise<readonly number[]>;

/** Who takes turns; null where there is no such runtime. */
export interface Sides {
  readonly browser: Predict;
  readonly native: Predict | null;
  readonly tfjsNode: Predict | null;
}

export interface TimingPlan {
  /** Exactly so many predictions; null: until the interval is narrow. */
  readonly iterations: number | null;
  /** Most time that the rounds may take, ms. */
  readonly budgetMs: number;
}

/** Fewer rounds say nothing about the variation between rounds. */
const MIN_ROUNDS = 5;
const MAX_ITERATIONS = 200;
/** Long enough to ride out a scheduler tick, short enough that browser and native see the same machine. */
const BLOCK_MS = 400;
const MAX_BLOCK = 20;

/** Width of the 95 % interval of the prediction, relative to it, at which timing is good enough. */
export const NARROW = 0.03;

/**
 * Times predictions with nothing recording, a block in the browser, then a block natively, then one in tfjs-node if it is there, and
 * again (A B A B, or A B C A B C), until the interval of the browser's median is narrow, or the given number or the time budget is
 * reached. Each finished round is handed to `keep` at once.
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
    // Narrowing comes and goes with the machine's noise; what is drawn only grows.
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

/** After about so many V8 has replaced baseline code, and the last lazily compiled functions are there. */
const MOST_SETTLING = 15;
/** The second still compiles and allocates what the first did not need. */
const LEAST_SETTLING = 2;

/** Time that a process may take to settle, before its predictions count. */
export const SETTLING_MS = 1000;

/**
 * Runs the predictions between the warm-up and those that count, while code is still being compiled and caches fill. It ends after enough of
 * them or, where each takes long, at the limit.
 * @param limitMs only the least number is run beyond it
 * @returns their latencies, ms
 */
export async function settle(predict: Predict, limitMs: number): Promise<number[]> {
  const endMs = performance.now() + limitMs;
  const tookMs: number[] = [];
  while (tookMs.length < LEAST_SETTLING || (tookMs.length < MOST_SETTLING && performance.now() < endMs))
    tookMs.push(...(await predict(1)));
  return tookMs;
}

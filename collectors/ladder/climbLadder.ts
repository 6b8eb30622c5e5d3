import { median } from 'simple-statistics';
import type { Manifest } from '../../src/bundle/manifest.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';
import type { Progress } from '../progress.js';
import { settle } from '../timing/timingRounds.js';
import type { Rung } from './rungs.js';

type Replicate = NonNullable<Manifest['ladder']>['replicates'][number];

/** A rung that is set up and warm. */
export interface OpenRung {
  /** What it really took of the threads that it was given. */
  readonly threads: number;
  predict(count: number): Promise<readonly number[]>;
  close(): Promise<void>;
}

export interface Climb {
  readonly rungs: readonly Rung[];
  readonly budgetMs: number;
  readonly seed: number;
  open(rung: Rung): Promise<OpenRung>;
  /** Takes every finished replicate. */
  keep(replicate: Replicate): Promise<void>;
  /** Whether the effects are known well enough to stop before the budget ends. */
  enough(replicates: readonly Replicate[]): boolean;
}

/**
 * Where a browser happens to put code and memory makes one process a few percent faster than the next, for as long as it lives.
 * So every rung is opened anew for each replicate, and intervals are made over replicates.
 */
const MIN_REPLICATES = 3;
/** Share of the budget for one replicate; opening the browsers is part of it. */
const REPLICATES_PER_BUDGET = 6;
const MIN_ROUNDS = 3;
const BLOCK_MS = 250;
const MAX_BLOCK = 10;
/** Rungs beside the chain have time for less, so that the chain keeps its precision; as in its blocks, one in several is the first after others ran. */
const MAX_SIDE_BLOCK = 3;
/** What a rung may take before it counts: a prediction may take seconds. */
const SETTLING_MS = 4000;

/**
 * Runs all rungs in interleaved rounds, the order of each round random by the seed, until the effects are known well enough or
 * the budget ends. At least one replicate of three rounds is always made; another is begun only if its rungs can be opened and
 * three rounds run in what is left, as far as the one before it tells, so the budget is kept to about one round.
 *
 * Rungs beside the chain are in the first three replicates, while the budget holds three with them: more would only take replicates
 * from the chain. Of the first nothing is known but how long the chain takes to open, so they are opened after it.
 */
export async function climbLadder({ rungs, budgetMs, seed, open, keep, enough }: Climb, progress: Progress): Promise<void> {
  const next = random(seed);
  const startedMs = performance.now();
  const spentMs = (): number => performance.now() - startedMs;
  const done: Replicate[] = [];
  /** What the replicate before would have taken with the fewest rounds. */
  let leastMs = 0;
  /** Once left out, rungs beside the chain stay out. */
  let beside = true;
  while (done.length === 0 || spentMs() < budgetMs) {
    const number = done.length + 1;
    const begunMs = spentMs();
    if (number > MIN_REPLICATES || (number > 1 && budgetMs - begunMs < (MIN_REPLICATES - done.length) * leastMs)) beside = false;
    let present: readonly Rung[] = rungs.filter(({ side }) => !side);
    let openingSidesMs = 0;
    const endMs = Math.min(
      budgetMs,
      Math.max(number * (budgetMs / REPLICATES_PER_BUDGET), spentMs() + budgetMs / (2 * REPLICATES_PER_BUDGET)),
    );
    const opened = new Map<string, OpenRung>();
    try {
      const openAndSettle = async (rung: Rung): Promise<void> => {
        progress.advance(spentMs() / budgetMs, `replicate ${number}: opening ${rung.id}, ${timeLeft(budgetMs - spentMs())}`);
        const climbed = await open(rung);
        opened.set(rung.id, climbed);
        await settle((count) => climbed.predict(count), SETTLING_MS);
      };
      for (const rung of shuffled(present, next)) await openAndSettle(rung);
      const chainMs = spentMs();
      if (number === 1 && chainMs * MIN_REPLICATES > budgetMs) beside = false;
      if (beside) {
        const sides = rungs.filter(({ side }) => side);
        for (const rung of shuffled(sides, next)) await openAndSettle(rung);
        openingSidesMs = spentMs() - chainMs;
        present = rungs;
      }
      const settledMs = spentMs();
      const rounds: Replicate['rounds'] = [];
      const blocks = new Map(present.map(({ id }) => [id, 1]));
      while (rounds.length < MIN_ROUNDS || spentMs() < endMs) {
        const round: Replicate['rounds'][number] = [];
        for (const { id, side } of shuffled(present, next)) {
          const ms = [...(await opened.get(id)!.predict(blocks.get(id)!))];
          round.push({ rung: id, ms });
          const longest = side ? MAX_SIDE_BLOCK : MAX_BLOCK;
          blocks.set(id, Math.max(1, Math.min(longest, Math.round(BLOCK_MS / median(ms)))));
        }
        rounds.push(round);
        progress.advance(
          spentMs() / budgetMs,
          `replicate ${number}, round ${rounds.length} of ${present.length} rungs, ${timeLeft(budgetMs - spentMs())}`,
        );
      }
      leastMs = settledMs - begunMs + (MIN_ROUNDS * (spentMs() - settledMs)) / rounds.length;
      done.push({ rounds });
      await keep({ rounds });
    } finally {
      for (const rung of opened.values()) await rung.close().catch(() => {});
    }
    if (done.length >= MIN_REPLICATES && enough(done)) return;
    // A replicate that could not hold its rounds would only add noise.
    if (budgetMs - spentMs() < Math.max(leastMs - openingSidesMs, budgetMs / (2 * REPLICATES_PER_BUDGET))) return;
  }
}

function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s left` : `${seconds} s left`;
}

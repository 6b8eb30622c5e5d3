import { median } from 'simple-statistics';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { TensorValue } from '../../src/bundle/tensor.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';
import type { Progress } from '../progress.js';
import { settle } from '../timing/timingRounds.js';
import type { Rung } from './rungs.js';

type Replicate = NonNullable<Manifest['ladder']>['replicates'][number];

/** A rung that is set up and warmed up. */
export interface OpenRung {
  /** The number of threads that it really uses. */
  readonly threads: number;
  predict(count: number): Promise<readonly number[]>;
  /** What the last prediction gave; absent for native rungs. */
  outputs?(): Promise<readonly TensorValue[]>;
  close(): Promise<void>;
}

/** @typeParam R what a rung is to who opens it */
export interface Climb<R extends Pick<Rung, 'id' | 'side'> = Rung> {
  readonly rungs: readonly R[];
  readonly budgetMs: number;
  readonly seed: number;
  open(rung: R): Promise<OpenRung>;
  /** Called once the rungs of the first replicate have run, while they are open. */
  check?(opened: ReadonlyMap<string, OpenRung>): Promise<void>;
  /** Takes every finished replicate. */
  keep(replicate: Replicate): Promise<void>;
  /** Whether the effects are precise enough to stop before the budget ends. */
  enough(replicates: readonly Replicate[]): boolean;
}

/**
 * The placement of code and memory makes one browser process a few percent faster than the next, for its whole life.
 * So every rung is opened anew for each replicate, and intervals are computed over replicates.
 */
const MIN_REPLICATES = 3;
/** Share of the budget for one replicate, including the time to open the browsers. */
const REPLICATES_PER_BUDGET = 6;
const MIN_ROUNDS = 3;
const BLOCK_MS = 250;
const MAX_BLOCK = 10;
/**
 * Most predictions in a block of a side run. Side runs get less time so that the chain keeps its precision. As in the chain's
 * blocks, the first prediction of a block follows runs of other rungs.
 */
const MAX_SIDE_BLOCK = 3;
/** Most settling time of a rung before its predictions count: one prediction may take seconds. */
const SETTLING_MS = 4000;

/**
 * Runs all rungs in interleaved rounds, in a random order per round that the seed determines, until the effects are precise
 * enough or the budget ends. At least one replicate of three rounds is always made. Another begins only if the remaining time
 * suffices to open its rungs and run three rounds, judging by the previous one. So the budget is kept to about one round.
 *
 * Side runs are part of the first three replicates, as long as the budget has room for three such replicates. In more, they would
 * only take replicates from the chain. In the first replicate only the chain's opening time is known, so side runs are opened
 * after the chain.
 */
export async function climbLadder<R extends Pick<Rung, 'id' | 'side'>>(
  { rungs, budgetMs, seed, open, check, keep, enough }: Climb<R>,
  progress: Progress,
): Promise<void> {
  const next = random(seed);
  const startedMs = performance.now();
  const spentMs = (): number => performance.now() - startedMs;
  const done: Replicate[] = [];
  /** What the previous replicate would have taken with the fewest rounds. */
  let leastMs = 0;
  /** Once left out, side runs stay out. */
  let withSides = true;
  while (done.length === 0 || spentMs() < budgetMs) {
    const number = done.length + 1;
    const begunMs = spentMs();
    if (number > MIN_REPLICATES || (number > 1 && budgetMs - begunMs < (MIN_REPLICATES - done.length) * leastMs))
      withSides = false;
    let present: readonly R[] = rungs.filter(({ side }) => !side);
    let openingSidesMs = 0;
    const endMs = Math.min(
      budgetMs,
      Math.max(number * (budgetMs / REPLICATES_PER_BUDGET), spentMs() + budgetMs / (2 * REPLICATES_PER_BUDGET)),
    );
    const opened = new Map<string, OpenRung>();
    try {
      const openAndSettle = async (rung: R): Promise<void> => {
        progress.advance(spentMs() / budgetMs, `replicate ${number}: opening ${rung.id}, ${timeLeft(budgetMs - spentMs())}`);
        const climbed = await open(rung);
        opened.set(rung.id, climbed);
        await settle((count) => climbed.predict(count), SETTLING_MS);
      };
      for (const rung of shuffled(present, next)) await openAndSettle(rung);
      const chainMs = spentMs();
      if (number === 1 && chainMs * MIN_REPLICATES > budgetMs) withSides = false;
      if (withSides) {
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
      if (number === 1) await check?.(opened);
      done.push({ rounds });
      await keep({ rounds });
    } finally {
      for (const rung of opened.values()) await rung.close().catch(() => {});
    }
    if (done.length >= MIN_REPLICATES && enough(done)) return;
    // A replicate too short for its rounds would only add noise.
    if (budgetMs - spentMs() < Math.max(leastMs - openingSidesMs, budgetMs / (2 * REPLICATES_PER_BUDGET))) return;
  }
}

function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s left` : `${seconds} s left`;
}

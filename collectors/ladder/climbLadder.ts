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
  /** Takes a side run that could not be opened: the others go on without it. If it throws, the climb ends. */
  lost?(rung: R, error: Error): void;
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
/** More would leave each too little of the budget, of which a part goes to opening its browsers. */
const MAX_REPLICATES = 6;
/** Rounds take at least this part of the time that opening takes: medians of a few predictions would tell little of a process. */
const RUNNING_PER_OPENING = 0.5;
const MIN_ROUNDS = 3;
const BLOCK_MS = 250;
const MAX_BLOCK = 10;
/** A block where a side run takes turns with the page as used; both have as many, as the median of more is lower where a few are slow. */
const PAIR_BLOCK_MS = 150;
const MAX_PAIR_BLOCK = 3;
/**
 * The first prediction after runs of other rungs does not count, unless predictions take so long that it hardly matters: the longer ago a
 * rung ran, the more caches forgot of it.
 */
const MAX_SKIPPED_MS = 500;
/** Most settling time of a rung before its predictions count: one prediction may take seconds. */
const SETTLING_MS = 4000;

/**
 * Runs all rungs in interleaved rounds, in a random order per round that the seed determines, until the effects are precise
 * enough or the budget ends. At least one replicate of three rounds is always made. Another begins only if the remaining time
 * suffices to open its rungs and run three rounds, judging by the previous one. So the budget is kept to about one round.
 *
 * In the first replicate side runs are opened after the chain, in the given order, as long as the budget has room for three
 * replicates with one more, judging by those that are open. The others are left out. Those that are open take part in every
 * replicate, unless what is left of the budget has no room for three of the chain otherwise.
 *
 * In a round the rungs of the chain take turns first. Then each side run takes turns with the last rung of the chain, the page as used,
 * which is what it is compared with, there and back: A B B A. The sooner two run after each other, the more of what else happens to the
 * machine they share.
 *
 * The budget is shared out among as many replicates as opening leaves room for: processes differ by more than rounds.
 */
export async function climbLadder<R extends Pick<Rung, 'id' | 'side'>>(
  { rungs, budgetMs, seed, open, check, lost, keep, enough }: Climb<R>,
  progress: Progress,
): Promise<void> {
  const next = random(seed);
  const startedMs = performance.now();
  const spentMs = (): number => performance.now() - startedMs;
  const done: Replicate[] = [];
  const chain = rungs.filter(({ side }) => !side);
  const used = chain.at(-1)!;
  /** What the previous replicate would have taken with the fewest rounds. */
  let leastMs = 0;
  let shares = MAX_REPLICATES;
  /** Those that take part. Once left out, a side run stays out. */
  let sides = rungs.filter(({ side }) => side);
  while (done.length === 0 || spentMs() < budgetMs) {
    const number = done.length + 1;
    const begunMs = spentMs();
    if (number > 1 && budgetMs - begunMs < (MIN_REPLICATES - done.length) * leastMs) sides = [];
    let openingSidesMs = 0;
    const opened = new Map<string, OpenRung>();
    /** What a prediction of each took when it last ran. */
    const latencyMs = new Map<string, number>();
    /** At least what a block takes of the rung that takes longest. */
    let longestMs = BLOCK_MS;
    try {
      const openAndSettle = async (rung: R): Promise<void> => {
        progress.advance(spentMs() / budgetMs, `replicate ${number}: opening ${rung.id}, ${timeLeft(budgetMs - spentMs())}`);
        const climbed = await open(rung);
        opened.set(rung.id, climbed);
        const lastMs = (await settle((count) => climbed.predict(count), SETTLING_MS)).at(-1)!;
        latencyMs.set(rung.id, lastMs);
        longestMs = Math.max(longestMs, lastMs);
      };
      /** Whether three replicates have room for one rung more, if that takes as long as those that are open. */
      const hasRoom = (): boolean => {
        const count = opened.size + 1;
        const openingMs = (count * (spentMs() - begunMs)) / opened.size;
        // Each side run has two blocks of its own, and two of the page as used.
        const roundMs = (chain.length + 4 * (count - chain.length)) * longestMs;
        return MIN_REPLICATES * (openingMs + MIN_ROUNDS * roundMs) <= budgetMs;
      };
      for (const rung of shuffled(chain, next)) await openAndSettle(rung);
      const chainMs = spentMs();
      for (const rung of number === 1 ? sides : shuffled(sides, next)) {
        if (number === 1 && !hasRoom()) {
          sides = sides.slice(0, sides.indexOf(rung));
          break;
        }
        try {
          await openAndSettle(rung);
        } catch (error) {
          if (!lost) throw error;
          lost(rung, error as Error);
          await opened
            .get(rung.id)
            ?.close()
            .catch(() => {});
          opened.delete(rung.id);
          sides = sides.filter((each) => each !== rung);
        }
      }
      openingSidesMs = spentMs() - chainMs;
      const openMs = spentMs();
      if (number === 1) shares = sharesOf(budgetMs, openMs - begunMs);
      const endMs = Math.min(budgetMs, Math.max((number * budgetMs) / shares, begunMs + budgetMs / (2 * MAX_REPLICATES)));
      const rounds: Replicate['rounds'] = [];
      const blockOf = ({ id }: R): number => between(1, BLOCK_MS / latencyMs.get(id)!, MAX_BLOCK);
      const pairBlockOf = ({ id }: R): number => between(1, PAIR_BLOCK_MS / latencyMs.get(id)!, MAX_PAIR_BLOCK);
      const runInTurn = async (order: readonly R[], countOf: (rung: R) => number): Promise<Replicate['rounds'][number]> => {
        const round: Replicate['rounds'][number] = [];
        for (const [place, rung] of order.entries()) {
          const { id } = rung;
          const skipped = order[place - 1] === rung || latencyMs.get(id)! >= MAX_SKIPPED_MS ? 0 : 1;
          const ms = [...(await opened.get(id)!.predict(skipped + countOf(rung)))].slice(skipped);
          round.push({ rung: id, ms });
          latencyMs.set(id, median(ms));
        }
        return round;
      };
      let made = 0;
      while (made < MIN_ROUNDS || spentMs() < endMs) {
        rounds.push(await runInTurn(shuffled(chain, next), blockOf));
        for (const side of shuffled(sides, next)) {
          const [first, second] = shuffled([used, side], next) as [R, R];
          rounds.push(await runInTurn([first, second, second, first], pairBlockOf));
        }
        made++;
        progress.advance(
          spentMs() / budgetMs,
          `replicate ${number}, round ${made} of ${chain.length + sides.length} rungs, ${timeLeft(budgetMs - spentMs())}`,
        );
      }
      leastMs = openMs - begunMs + (MIN_ROUNDS * (spentMs() - openMs)) / made;
      if (number === 1) await check?.(opened);
      done.push({ rounds });
      await keep({ rounds });
    } finally {
      for (const rung of opened.values()) await rung.close().catch(() => {});
    }
    if (done.length >= MIN_REPLICATES && enough(done)) return;
    // A replicate too short for its rounds would only add noise.
    if (budgetMs - spentMs() < Math.max(leastMs - openingSidesMs, budgetMs / (2 * MAX_REPLICATES))) return;
  }
}

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(most, Math.round(value)));

/** How many replicates share the budget. */
function sharesOf(budgetMs: number, openingMs: number): number {
  const fitting = Math.floor(budgetMs / ((1 + RUNNING_PER_OPENING) * openingMs));
  return Math.max(MIN_REPLICATES, Math.min(MAX_REPLICATES, fitting));
}

function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s left` : `${seconds} s left`;
}

import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mean } from 'simple-statistics';
import { type Compare, compareFiles, type ProcessFigures, SIDES, type Side } from '../../src/bundle/compare.js';
import { changeIn, limitOnScale } from '../../src/bundle/comparedFigures.js';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { FEWEST_PAIRS } from '../../src/stats/changeVerdict.js';
import { random } from '../../src/stats/random.js';
import type { InTurn } from './recordInTurn.js';

/** When there are rounds enough. Never by what they say: who stops at the first clear difference finds one too often. */
export interface CompareEnd {
  /** Exactly so many; null: until one of the others ends them. */
  readonly rounds: number | null;
  /** Until intervals reach so far to either side, on the scale of their limits; without limits that of the prediction. Null: not. */
  readonly reach: number | null;
  readonly budgetMs: number;
}

/** What was found in the bundle of one process. */
export interface ReadProcess {
  readonly figures: ProcessFigures;
  readonly browser: string | null;
  /** Settings as they were found. Values may come from outside: untrusted. */
  readonly settings: readonly { readonly what: string; readonly value: string | null }[];
}

/** Turns of a round. */
type Recorded = Pick<InTurn, 'turns' | 'tracedTurns'>;

/** What a comparison is made of; tests replace it. */
export interface CompareRunner {
  readonly folder: string;
  readonly end: CompareEnd;
  /**
   * Records a fresh process of each side into its folder.
   * @param next stream of random numbers, for their order
   * @throws if one cannot be recorded whole, or it was stopped
   */
  record(folders: Readonly<Record<Side, string>>, next: () => number): Promise<Recorded>;
  read(folder: string): Promise<ReadProcess>;
  save(compare: Compare): Promise<void>;
  readonly watcher: CompareWatcher;
  readonly signal: AbortSignal;
}

export interface CompareWatcher {
  /** @param number of the round, from 1 */
  records(number: number): void;
  /** After each round. */
  finished(compare: Compare): void;
  failed(reason: string): void;
}

/** What happens once may be the machine's. */
const ATTEMPTS = 2;
/** Other rounds than those of the next seed. */
const ROUNDS_OF_SEED = 1000;

/**
 * Records both sides in turn, each time in a fresh process, in random order, until there are rounds enough or the signal aborts. What was
 * measured stays: each round is saved.
 * @throws CompareError if a side cannot be recorded
 * @throws BundleError if something cannot be written
 */
export async function runCompare(compare: Compare, runner: CompareRunner): Promise<void> {
  const { end, signal, save, watcher } = runner;
  const startedMs = performance.now();
  const before = compare.tookMs;
  const tookMs: number[] = [];
  for (;;) {
    compare.ended = endedBy(compare, end, tookMs);
    if (compare.ended !== null || signal.aborted) break;
    const begunMs = performance.now();
    const round = await recordRound(compare, runner);
    if (round === null) break;
    compare.rounds.push(round);
    tookMs.push(performance.now() - begunMs);
    compare.tookMs = before + performance.now() - startedMs;
    await save(compare);
    watcher.finished(compare);
  }
  await save(compare);
}

/** Why there are rounds enough; null: there are not. */
export function endedBy({ rounds, limits }: Compare, { rounds: wanted, reach, budgetMs }: CompareEnd, tookMs: readonly number[]) {
  if (wanted !== null && rounds.length >= wanted) return 'processes';
  if (reach !== null && rounds.length >= FEWEST_PAIRS && isNarrow({ rounds, limits }, reach)) return 'width';
  const spentMs = tookMs.reduce((sum, ms) => sum + ms, 0);
  return tookMs.length > 0 && spentMs + mean([...tookMs]) > budgetMs ? 'budget' : null;
}

/** Whether the interval of each figure that has a limit is narrow beside it. */
function isNarrow({ rounds, limits }: Pick<Compare, 'rounds' | 'limits'>, reach: number): boolean {
  const prediction = { figure: 'prediction', unit: 'ratio', atMost: reach } as const;
  const wanted = [
    prediction,
    ...limits.filter(({ figure }) => figure !== 'prediction').map((limit) => ({ ...limit, atMost: limit.atMost / 2 })),
  ];
  return wanted.every((limit) => {
    const change = changeIn(rounds, limit.figure, limit.unit);
    return change === null || change.ci95[1] - change.value <= limitOnScale(limit);
  });
}

/** @returns null if the signal aborts meanwhile */
async function recordRound(compare: Compare, runner: CompareRunner): Promise<Compare['rounds'][number] | null> {
  const { folder, signal, read } = runner;
  const folders = { a: nextFolder(folder, 'a'), b: nextFolder(folder, 'b') };
  const recorded = await recordTwice(compare, folders, runner);
  if (recorded === null || signal.aborted) return null;
  const [a, b] = [await read(folders.a), await read(folders.b)];
  compare.browsers = { a: a.browser, b: b.browser };
  compare.settings = a.settings.map(({ what, value }, place) => ({ what, a: value, b: b.settings[place]?.value ?? null }));
  await refuseLinks(folder, compareFiles.runs);
  for (const side of SIDES) {
    const kept = join(folder, compareFiles.runs, side);
    await rm(kept, { recursive: true, force: true });
    await rename(nextFolder(folder, side), kept);
  }
  const { turns, tracedTurns } = recorded;
  return {
    turns: turns.map((turn) => ({ a: [...turn.a], b: [...turn.b] })),
    tracedTurns: [...tracedTurns],
    a: a.figures,
    b: b.figures,
  };
}

/** Where the process of a side is recorded that is not known to be whole yet. */
export const nextFolder = (folder: string, side: Side): string => join(folder, compareFiles.runs, `next-${side}`);

/** What fails once may be the machine's. @returns null if the signal aborts meanwhile */
async function recordTwice(
  compare: Compare,
  folders: Readonly<Record<Side, string>>,
  { record, watcher, signal }: CompareRunner,
): Promise<Recorded | null> {
  const number = compare.rounds.length + 1;
  const next = random(compare.plan.seed * ROUNDS_OF_SEED + number);
  for (let attempt = 1; ; attempt++) {
    watcher.records(number);
    for (const side of SIDES) await rm(folders[side], { recursive: true, force: true });
    try {
      return await record(folders, next);
    } catch (error) {
      if (signal.aborted) return null;
      if (attempt === ATTEMPTS) throw error;
      watcher.failed((error as Error).message);
    }
  }
}

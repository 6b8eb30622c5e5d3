import { median } from 'simple-statistics';
import { effects } from '../../analyzers/gap/effects.js';
import type { OpenRung } from '../../collectors/ladder/climbLadder.js';
import { openRung, type RungSubject } from '../../collectors/ladder/openRung.js';
import type { Rung } from '../../collectors/ladder/rungs.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';

type Ladder = NonNullable<Manifest['ladder']>;

export interface PlantedLadder {
  /** The chain as it is, and with the cause planted in its upper rungs. */
  readonly plain: readonly Rung[];
  readonly planted: readonly Rung[];
}

export interface ClimbedPlant {
  /** What an independent pair of runs with and without the cause says of it, ms. */
  readonly plantedMs: number;
  /** By id: how much larger each effect of the planted chain is than that of the plain one, ms. */
  readonly movedMs: ReadonlyMap<string, number>;
  /** How far the effects of the planted chain are from the gap that they should sum to, at the most, ms. */
  readonly missingMs: number;
}

const REPLICATES = 5;
const ROUNDS = 8;
const PER_ROUND = 2;
/** Predictions before a rung counts: V8 replaces baseline code in them. */
const SETTLING = 15;

const WITHOUT = 'pair without';
const WITH = 'pair with';

/**
 * Climbs a chain and its planted twin side by side in the same rounds, with a pair of runs of their own beside them: the tops of
 * both, in other processes. Rungs that both chains have are run once. The effects are those of the analyzer.
 */
export async function climbPlanted(subject: RungSubject, { plain, planted }: PlantedLadder): Promise<ClimbedPlant> {
  const same = (a: Rung, b: Rung): boolean => JSON.stringify(a) === JSON.stringify(b);
  /** Where a rung of the planted chain is run. */
  const runOf = (rung: Rung): string => (plain.some((other) => same(other, rung)) ? rung.id : `planted ${rung.id}`);
  const rungs = [
    ...plain,
    ...planted.filter((rung) => runOf(rung) !== rung.id).map((rung) => ({ ...rung, id: runOf(rung) })),
    { ...plain.at(-1)!, id: WITHOUT },
    { ...planted.at(-1)!, id: WITH },
  ];
  const replicates: Ladder['replicates'] = [];
  const next = random(1);
  for (let replicate = 0; replicate < REPLICATES; replicate++) replicates.push(await climb(rungs, subject, next));
  const each = replicates.map((replicate) => compare({ plain, planted }, replicate, runOf));
  return {
    plantedMs: median(each.map(({ plantedMs }) => plantedMs)),
    movedMs: new Map([...each[0]!.movedMs.keys()].map((id) => [id, median(each.map(({ movedMs }) => movedMs.get(id)!))])),
    missingMs: Math.max(...each.map(({ missingMs }) => Math.abs(missingMs))),
  };
}

/** What one replicate says. Of them the median counts: a process keeps its luck, where code and memory lie, for life. */
function compare(
  { plain, planted }: PlantedLadder,
  replicate: Ladder['replicates'][number],
  runOf: (rung: Rung) => string,
): ClimbedPlant {
  const before = effects(ladderOf(plain, [replicate], ({ id }) => id));
  const after = effects(ladderOf(planted, [replicate], runOf));
  const { rungs: measured } = ladderEffects(planted.map(runOf), [replicate]);
  const sumMs = after.reduce((sum, { ms }) => sum + ms, 0);
  return {
    plantedMs: ladderEffects([WITHOUT, WITH], [replicate]).effects[0]!.ms,
    movedMs: new Map(after.map(({ id, ms }) => [id, ms - (before.find((effect) => effect.id === id)?.ms ?? 0)])),
    missingMs: measured.at(-1)!.ms - measured[0]!.ms - sumMs,
  };
}

/**
 * All rungs opened anew, and run in rounds of random order. Of each rung the fastest quarter counts: what other programs do to a prediction is
 * no fault of the ladder, and here there are many of them: nine browsers on few cores.
 */
async function climb(rungs: readonly Rung[], subject: RungSubject, next: () => number): Promise<Ladder['replicates'][number]> {
  const opened = new Map<string, OpenRung>();
  try {
    for (const rung of shuffled(rungs, next)) {
      opened.set(rung.id, await openRung(rung, subject, new AbortController().signal));
      await opened.get(rung.id)!.predict(SETTLING);
    }
    const latencies = new Map<string, number[]>(rungs.map(({ id }) => [id, []]));
    for (let count = 0; count < ROUNDS; count++) {
      for (const { id } of shuffled(rungs, next)) {
        // The first finds the caches full of another's data.
        const [, ...ms] = await opened.get(id)!.predict(1 + PER_ROUND);
        latencies.get(id)!.push(...ms);
      }
    }
    const fastest = (ms: readonly number[]): number[] => ms.toSorted((a, b) => a - b).slice(0, Math.ceil(ms.length / 4));
    return { rounds: [[...latencies].map(([rung, ms]) => ({ rung, ms: fastest(ms) }))] };
  } finally {
    for (const rung of opened.values()) await rung.close().catch(() => {});
  }
}

/** A ladder as a bundle holds it, of the rungs of one chain, with their own names given back. */
function ladderOf(chain: readonly Rung[], replicates: Ladder['replicates'], runOf: (rung: Rung) => string): Ladder {
  return {
    seed: 1,
    budgetMs: 1,
    rungs: chain.map((rung) => ({ ...rung, v8Flags: [...rung.v8Flags], fusion: null, outputs: null, threadsTaken: null })),
    replicates: replicates.map(({ rounds }) => ({
      rounds: rounds.map((round) =>
        chain.map((rung) => ({ rung: rung.id, ms: round.find((entry) => entry.rung === runOf(rung))!.ms })),
      ),
    })),
    lacks: [],
    probes: null,
  };
}

import { effects } from '../../analyzers/effects.js';
import { climbLadder } from '../../collectors/ladder/climbLadder.js';
import { openRung, type RungSubject } from '../../collectors/ladder/openRung.js';
import type { Rung } from '../../collectors/ladder/rungs.js';
import { silent } from '../../collectors/progress.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';

type Ladder = NonNullable<Manifest['ladder']>;

export interface PlantedLadder {
  /** The chain as it is, and with the cause planted in its upper rungs. */
  readonly plain: readonly Rung[];
  readonly planted: readonly Rung[];
  readonly budgetMs: number;
}

export interface ClimbedPlant {
  /** What an independent pair of runs with and without the cause says of it, ms. */
  readonly plantedMs: number;
  /** By id: how much larger each effect of the planted chain is than that of the plain one, ms. */
  readonly movedMs: ReadonlyMap<string, number>;
  /** How far the effects of the planted chain are from the gap that they should sum to, ms. */
  readonly missingMs: number;
  readonly replicates: number;
}

const WITHOUT = 'pair without';
const WITH = 'pair with';

/**
 * Climbs a chain and its planted twin side by side in the same rounds, with a pair of runs of their own beside them: the tops of
 * both, in other processes. Rungs that both chains have are run once. The effects are those of the analyzer.
 */
export async function climbPlanted(subject: RungSubject, { plain, planted, budgetMs }: PlantedLadder): Promise<ClimbedPlant> {
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
  await climbLadder(
    {
      rungs,
      budgetMs,
      seed: 1,
      open: (rung) => openRung(rung, subject, new AbortController().signal),
      keep: async (replicate) => void replicates.push(replicate),
      enough: () => false,
    },
    silent,
  );
  const before = effects(ladderOf(plain, replicates, ({ id }) => id));
  const after = effects(ladderOf(planted, replicates, runOf));
  const { rungs: measured } = ladderEffects(planted.map(runOf), replicates);
  const sumMs = after.reduce((sum, { ms }) => sum + ms, 0);
  return {
    plantedMs: ladderEffects([WITHOUT, WITH], replicates).effects[0]!.ms,
    movedMs: new Map(after.map(({ id, ms }) => [id, ms - (before.find((effect) => effect.id === id)?.ms ?? 0)])),
    missingMs: measured.at(-1)!.ms - measured[0]!.ms - sumMs,
    replicates: replicates.length,
  };
}

/** A ladder as a bundle holds it, of the rungs of one chain, with their own names given back. */
function ladderOf(chain: readonly Rung[], replicates: Ladder['replicates'], runOf: (rung: Rung) => string): Ladder {
  return {
    seed: 1,
    budgetMs: 1,
    rungs: chain.map((rung) => ({ ...rung, v8Flags: [...rung.v8Flags], threadsTaken: null })),
    replicates: replicates.map(({ rounds }) => ({
      rounds: rounds.map((round) =>
        chain.map((rung) => ({ rung: rung.id, ms: round.find((entry) => entry.rung === runOf(rung))!.ms })),
      ),
    })),
    probes: null,
  };
}

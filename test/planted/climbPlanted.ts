import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { effects } from '../../analyzers/effects.js';
import { type FrameworkId, frameworks } from '../../collectors/frameworks.js';
import type { Workload } from '../../collectors/harness/protocol.js';
import { serveHarness } from '../../collectors/harness/server.js';
import { climbLadder } from '../../collectors/ladder/climbLadder.js';
import { openRung } from '../../collectors/ladder/openRung.js';
import type { Rung } from '../../collectors/ladder/rungs.js';
import { silent } from '../../collectors/progress.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import { resolveModel } from '../../models/resolveModel.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import { packageRoot } from '../../src/bundle/packageRoot.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';

type Ladder = NonNullable<Manifest['ladder']>;

export interface PlantedLadder {
  readonly framework: FrameworkId;
  readonly model: string;
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
export async function climbPlanted({ framework, model, plain, planted, budgetMs }: PlantedLadder): Promise<ClimbedPlant> {
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-ladder-planted-'));
  const { format, folders } = frameworks[framework];
  const file = await resolveModel(model, { cacheFolder: folder, format });
  const { inputs, baseline } = modelFeeds(file, [], 1);
  const server = await serveHarness({
    modelPath: file.path,
    externalData: file.externalData,
    inputs: inputs.map(({ bytes }) => bytes),
    frameworkFolders: folders(),
    scriptFolder: join(packageRoot(), 'dist/browser'),
    isolated: true,
  });
  try {
    const workload: Workload = {
      runId: 'planted',
      framework,
      backend: 'wasm',
      threads: 1,
      simd: null,
      inputs: inputs.map(({ spec }) => spec),
      externalData: file.externalData.map(({ location }) => location),
      captureModules: false,
    };
    const subject = { server: () => server, workload, native: { modelPath: baseline!.path, inputs: baseline!.inputs } };
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
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
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

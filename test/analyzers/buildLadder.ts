import { type Rung, rungsOf } from '../../collectors/ladder/rungs.js';
import type { Manifest } from '../../src/bundle/manifest.js';

export type Ladder = NonNullable<Manifest['ladder']>;

/** Two of four threads in a worker, with probes that find the browser half as fast at arithmetic. */
const rungs = inManifest(rungsOf({ backend: 'wasm', threads: 2, on: 'worker', cores: 4, simd: null }));
const probes = { scalar: 10, simd128: 40, relaxed: 80, nativeProduct: 100, browserProduct: 50 };
/** From the bottom up. */
const latenciesMs = [20, 30, 70, 73, 72, 80];

interface LadderParts extends Partial<Omit<Ladder, 'replicates'>> {
  /** Per rung, from the bottom up. */
  readonly latenciesMs?: readonly number[];
  /** One replicate each, in which every latency is as many times as long. */
  readonly factors?: readonly number[];
  /** Latency of a rung in a replicate; by default the product of both. */
  latency?(rung: number, replicate: number): number;
}

/** Rungs as a bundle holds them, each with the threads that it was given. */
export function inManifest(of: readonly Rung[]): Ladder['rungs'] {
  return of.map((rung) => ({ ...rung, v8Flags: [...rung.v8Flags], fusion: null, outputs: null, threadsTaken: rung.threads }));
}

export function buildLadder(parts: LadderParts = {}): Ladder {
  const { latenciesMs: levels = latenciesMs, factors = [0.99, 1, 1.01], latency, ...rest } = parts;
  const ladder = { seed: 1, budgetMs: 1000, rungs, lacks: [], probes, ...rest };
  const of = latency ?? ((rung: number, replicate: number): number => levels[rung]! * factors[replicate]!);
  const replicates = factors.map((_, replicate) => ({
    rounds: [0, 1, 2].map(() =>
      ladder.rungs.map(({ id }, rung) => ({ rung: id, ms: [of(rung, replicate), of(rung, replicate)] })),
    ),
  }));
  return { ...ladder, replicates };
}

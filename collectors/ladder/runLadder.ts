import type { Browser } from 'playwright-core';
import type { Manifest } from '../../src/bundle/manifest.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';
import { compareOutputs } from '../baseline/compareOutputs.js';
import { isGpuBackend } from '../frameworks.js';
import { measureProbes, type ProbeModel } from '../probes/measureProbes.js';
import type { Progress } from '../progress.js';
import { climbLadder } from './climbLadder.js';
import { openRung, type RungSubject } from './openRung.js';
import { rungsOf } from './rungs.js';
import { sideRungsOf } from './sideRungs.js';
import { type WhatIfId, whatIfRungs } from './whatIfs.js';

type Ladder = NonNullable<Manifest['ladder']>;
export type FusionCounts = NonNullable<Ladder['rungs'][number]['fusion']>;

export interface LadderOptions {
  readonly budgetMs: number;
  readonly seed: number;
  /** Model that separates the effect of the instruction set from that of the library. */
  readonly probeModel: ProbeModel;
  /** Things that are changed in side runs of their own. */
  readonly whatIf: readonly WhatIfId[];
}

/** What the rungs run: the same as the run that the ladder explains. */
export interface LadderSubject extends RungSubject {
  readonly browser: Browser;
  /** The framework's, as in the run. */
  readonly backend: string;
  /** As in the run; null if the framework has no such choice. */
  readonly simd: boolean | null;
  readonly on: 'worker' | 'main';
  readonly cores: number;
  /** What the rungs with fused modules took, up to now. */
  fusion(): FusionCounts | null;
  /** Threads that the framework really uses. */
  readonly threads: number;
  /** Only for a page without cross-origin isolation: the threads that it would use with isolation. */
  readonly threadsIfIsolated?: number | undefined;
}

/**
 * Outputs of a changed page count as equal up to this part of the largest value. A fused multiply-add rounds once less, which made
 * 1.3e-5 in the default model: as much as Wasm and native differ by.
 */
const EQUAL = 1e-4;

/** An effect is precise enough if its interval is this narrow, relative to the latency of the page as used. */
const NARROW = 0.015;

/** Measures the ladder. It passes the result on after every replicate, so that an interrupted run keeps the finished ones. */
export async function runLadder(
  { budgetMs, seed, probeModel, whatIf }: LadderOptions,
  subject: LadderSubject,
  keep: (ladder: Ladder) => Promise<void>,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { backend, simd, threads, on, cores, threadsIfIsolated } = subject;
  const run = { backend, threads, on, cores, simd, threadsIfIsolated };
  const chain = rungsOf(run);
  const asked = whatIfRungs(run, whatIf);
  for (const { id, lack } of asked.lacks) progress.note(`Not changed: ${id}, as ${lack}.`);
  const rungs = [...chain, ...sideRungsOf(run), ...asked.rungs];
  const ids = chain.map(({ id }) => id);
  const ladder: Ladder = {
    seed,
    budgetMs,
    rungs: rungs.map((rung) => ({ ...rung, v8Flags: [...rung.v8Flags], fusion: null, outputs: null, threadsTaken: null })),
    replicates: [],
    probes: null,
  };
  const keptOf = (id: string): Ladder['rungs'][number] => ladder.rungs.find((rung) => rung.id === id)!;
  if (!isGpuBackend(backend)) {
    progress.advance(0, 'probes of the instruction sets');
    ladder.probes = await measureProbes(subject.browser, probeModel, signal);
  }
  await climbLadder(
    {
      rungs,
      budgetMs,
      seed,
      open: async (rung) => {
        const opened = await openRung(rung, subject, signal);
        const kept = keptOf(rung.id);
        kept.threadsTaken = opened.threads;
        if (rung.page.modules === 'fused') kept.fusion = subject.fusion();
        return opened;
      },
      check: async (opened) => {
        const used = await opened.get(ids.at(-1)!)?.outputs?.();
        if (!used) return;
        for (const { id } of asked.rungs) {
          const outputs = await opened.get(id)?.outputs?.();
          if (outputs) keptOf(id).outputs = compareOutputs(outputs, used, EQUAL);
        }
      },
      keep: async (replicate) => {
        ladder.replicates.push(replicate);
        await keep(ladder);
      },
      enough: (replicates) => {
        const { effects, rungs: measured } = ladderEffects(ids, replicates);
        const useful = NARROW * measured.at(-1)!.ms;
        return effects.every(({ ci95Ms: [low, high] }) => (high - low) / 2 <= useful);
      },
    },
    progress,
  );
}

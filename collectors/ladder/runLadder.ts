import type { Browser } from 'playwright-core';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { TensorValue } from '../../src/bundle/tensor.js';
import { type LadderEffect, ladderEffects } from '../../src/stats/ladderEffects.js';
import { pairedRungs } from '../../src/stats/pairedRungs.js';
import { channelsFirst } from '../baseline/channelsFirst.js';
import { compareOutputs } from '../baseline/compareOutputs.js';
import { type FrameworkId, frameworks, isGpuBackend } from '../frameworks.js';
import type { PageSubject } from '../harness/subject.js';
import { measureProbes, type ProbeModel } from '../probes/measureProbes.js';
import type { Progress } from '../progress.js';
import { climbLadder } from './climbLadder.js';
import { sharedBrowsers } from './lendBrowser.js';
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
  /** The other frameworks that are asked about; of those that can run the same network, with what they run. */
  readonly others: readonly OtherFramework[];
}

export type OtherFramework = Witness | { readonly framework: FrameworkId; readonly lack: string };

/** The network of the run for another framework, fed with the same numbers. */
export interface Witness extends PageSubject {
  readonly lack: null;
}

/** What the rungs run: the same as the run that the ladder explains. */
export interface LadderSubject extends RungSubject {
  readonly browser: Browser;
  readonly framework: FrameworkId;
  /** The framework's, as in the run. */
  readonly backend: string;
  /** As in the run; null if the framework has no such choice. */
  readonly simd: boolean | null;
  /** How many dimensions the model leaves free by name. */
  readonly freeDimensions: number;
  readonly on: 'worker' | 'main';
  readonly cores: number;
  /** What the rungs with fused modules took, up to now. */
  fusion(): FusionCounts | null;
  /** Threads that the framework really uses. */
  readonly threads: number;
  /** Only for a page without cross-origin isolation: the threads that it would use with isolation. */
  readonly threadsIfIsolated?: number | undefined;
}

/** An effect is precise enough if its interval is this narrow, relative to the latency of the page as used. */
const NARROW = 0.015;
/** The same for a thing that is changed beside the chain, relative to the slower of the two. */
const NARROW_BESIDE = 0.03;

/** Measures the ladder. It passes the result on after every replicate, so that an interrupted run keeps the finished ones. */
export async function runLadder(
  { budgetMs, seed, probeModel, whatIf, others }: LadderOptions,
  subject: LadderSubject,
  keep: (ladder: Ladder) => Promise<void>,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { framework, backend, simd, threads, on, cores, threadsIfIsolated, freeDimensions } = subject;
  const run = { backend, threads, on, cores, simd, threadsIfIsolated };
  const chain = rungsOf(run);
  const asked = whatIfRungs({ ...run, framework, freeDimensions, others }, whatIf);
  for (const { id, why } of asked.lacks) progress.note(`Not changed: ${id}, as ${why}.`);
  // What was asked for comes first: where the budget has no time for all, the last are left out.
  const rungs = [...chain, ...asked.rungs, ...sideRungsOf(run)];
  const ids = chain.map(({ id }) => id);
  const ladder: Ladder = {
    seed,
    budgetMs,
    rungs: rungs.map((rung) => ({ ...rung, v8Flags: [...rung.v8Flags], fusion: null, outputs: null, threadsTaken: null })),
    lacks: [...asked.lacks],
    replicates: [],
    probes: null,
  };
  const keptOf = (id: string): Ladder['rungs'][number] => ladder.rungs.find((rung) => rung.id === id)!;
  if (!isGpuBackend(backend)) {
    progress.advance(0, 'probes of the instruction sets');
    ladder.probes = await measureProbes(subject.browser, probeModel, signal);
  }
  const lend = sharedBrowsers();
  await climbLadder(
    {
      rungs,
      budgetMs,
      seed,
      open: async (rung) => {
        const opened = await openRung(rung, subject, signal, lend);
        const kept = keptOf(rung.id);
        kept.threadsTaken = opened.threads;
        if (rung.page.modules === 'fused') kept.fusion = subject.fusion();
        return opened;
      },
      check: async (opened) => {
        const used = await opened.get(ids.at(-1)!)?.outputs?.();
        if (!used) return;
        for (const { id, page } of asked.rungs) {
          const outputs = await opened.get(id)?.outputs?.();
          if (!outputs) continue;
          const other = page.framework as FrameworkId | null;
          const [its, ours] = other === null ? [outputs, used] : [inOnnxTerms(outputs, other), inOnnxTerms(used, framework)];
          keptOf(id).outputs = compareOutputs(its, ours, asked.tolerances.get(id));
        }
      },
      lost: ({ id }, error) => {
        if (signal.aborted) throw error;
        progress.note(`Not changed: ${id}, as it failed: ${error.message}`);
        ladder.lacks.push({ id, why: `it failed: ${error.message}` });
      },
      keep: async (replicate) => {
        ladder.replicates.push(replicate);
        await keep(ladder);
      },
      enough: (replicates) => {
        const { effects, rungs: measured } = ladderEffects(ids, replicates);
        const useful = NARROW * measured.at(-1)!.ms;
        return (
          effects.every((effect) => reachOf(effect) <= useful) &&
          asked.rungs.every(({ id }) => isNarrow([ids.at(-1)!, id], replicates))
        );
      },
    },
    progress,
  );
}

const reachOf = ({ ci95Ms: [low, high] }: LadderEffect): number => (high - low) / 2;

/** Whether the difference of two rungs is known well enough; it is where none was measured. */
function isNarrow(pair: readonly [used: string, changed: string], replicates: readonly Ladder['replicates'][number][]): boolean {
  const measured = pairedRungs(pair, replicates);
  if (!measured) return true;
  const [low, high] = measured.ratioCi95;
  return (high - low) / 2 <= NARROW_BESIDE * Math.max(1, measured.ratio);
}

const inOnnxTerms = (outputs: readonly TensorValue[], framework: FrameworkId): readonly TensorValue[] =>
  frameworks[framework].format === 'onnx' ? outputs : outputs.map(channelsFirst);

import type { Browser } from 'playwright-core';
import type { Manifest } from '../../src/bundle/manifest.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';
import { isGpuBackend } from '../frameworks.js';
import { measureProbes, type ProbeModel } from '../probes/measureProbes.js';
import type { Progress } from '../progress.js';
import { climbLadder } from './climbLadder.js';
import { openRung, type RungSubject } from './openRung.js';
import { rungsOf } from './rungs.js';
import { sideRungsOf } from './sideRungs.js';

type Ladder = NonNullable<Manifest['ladder']>;

export interface LadderOptions {
  readonly budgetMs: number;
  readonly seed: number;
  /** Model that separates the effect of the instruction set from that of the library. */
  readonly probeModel: ProbeModel;
}

/** What the rungs run: the same as the run that the ladder explains. */
export interface LadderSubject extends RungSubject {
  readonly browser: Browser;
  readonly on: 'worker' | 'main';
  readonly cores: number;
  /** Threads that the framework really uses. */
  readonly threads: number;
  /** Only for a page without cross-origin isolation: the threads that it would use with isolation. */
  readonly threadsIfIsolated?: number | undefined;
}

/** An effect is precise enough if its interval is this narrow, relative to the latency of the page as used. */
const NARROW = 0.015;

/** Measures the ladder. It passes the result on after every replicate, so that an interrupted run keeps the finished ones. */
export async function runLadder(
  { budgetMs, seed, probeModel }: LadderOptions,
  subject: LadderSubject,
  keep: (ladder: Ladder) => Promise<void>,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { threads, on, cores, workload, threadsIfIsolated } = subject;
  const { backend, simd } = workload;
  const run = { backend, threads, on, cores, simd, threadsIfIsolated };
  const chain = rungsOf(run);
  const rungs = [...chain, ...sideRungsOf(run)];
  const ids = chain.map(({ id }) => id);
  const ladder: Ladder = {
    seed,
    budgetMs,
    rungs: rungs.map((rung) => ({ ...rung, v8Flags: [...rung.v8Flags], threadsTaken: null })),
    replicates: [],
    probes: null,
  };
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
        ladder.rungs.find(({ id }) => id === rung.id)!.threadsTaken = opened.threads;
        return opened;
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

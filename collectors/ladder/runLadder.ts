import type { Browser } from 'playwright-core';
import type { Manifest } from '../../src/bundle/manifest.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';
import type { BaselineInput } from '../baseline/nativeBaseline.js';
import { startNativeBaseline } from '../baseline/startNativeBaseline.js';
import { launchBrowser } from '../browser/launchBrowser.js';
import type { Workload } from '../harness/protocol.js';
import type { HarnessServer } from '../harness/server.js';
import { openHarness } from '../harness/session.js';
import { measureProbes, type ProbeModel } from '../probes/measureProbes.js';
import type { Progress } from '../progress.js';
import { climbLadder, type OpenRung } from './climbLadder.js';
import { type Rung, rungsOf } from './rungs.js';

type Ladder = NonNullable<Manifest['ladder']>;

export interface LadderOptions {
  readonly budgetMs: number;
  readonly seed: number;
  /** Parts the instruction set from the library. */
  readonly probeModel: ProbeModel;
}

/** What the rungs run: the same as the run beside it. */
export interface LadderSubject {
  readonly browser: Browser;
  readonly server: HarnessServer;
  readonly workload: Workload;
  readonly on: 'worker' | 'main';
  readonly cores: number;
  /** Threads that the framework really takes. */
  readonly threads: number;
  readonly native: { readonly modelPath: string; readonly inputs: readonly BaselineInput[] };
}

/** An effect whose interval is this narrow, relative to the latency of the page as used, is known well enough. */
const NARROW = 0.015;

/** Measures the ladder and hands it on after every replicate, so that a run that is stopped keeps those it has. */
export async function runLadder(
  { budgetMs, seed, probeModel }: LadderOptions,
  subject: LadderSubject,
  keep: (ladder: Ladder) => Promise<void>,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { threads, on, cores, workload } = subject;
  const rungs = rungsOf({ threads, on, cores, canStopSpinning: workload.framework === 'ort' });
  const ids = rungs.map(({ id }) => id);
  const ladder: Ladder = {
    seed,
    budgetMs,
    rungs: rungs.map((rung) => ({ ...rung, v8Flags: [...rung.v8Flags] })),
    replicates: [],
    probes: null,
  };
  progress.advance(0, 'probes of the instruction sets');
  ladder.probes = await measureProbes(subject.browser, probeModel, signal);
  await climbLadder(
    {
      rungs,
      budgetMs,
      seed,
      open: (rung) => (rung.runtime === 'native' ? openNative(rung, subject, signal) : openBrowser(rung, subject, signal)),
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

async function openNative({ threads }: Rung, { native }: LadderSubject, signal: AbortSignal): Promise<OpenRung> {
  const baseline = await startNativeBaseline({ ...native, threads, signal });
  try {
    await baseline.setup();
    return { predict: (count) => baseline.predict(count), close: () => baseline.close() };
  } catch (error) {
    await baseline.close();
    throw error;
  }
}

async function openBrowser(rung: Rung, { server, workload }: LadderSubject, signal: AbortSignal): Promise<OpenRung> {
  const { browser } = await launchBrowser(rung.v8Flags);
  try {
    const session = await openHarness(browser, server, signal);
    await session.open(rung.on, { ...workload, threads: rung.threads, spinning: rung.spinning });
    await session.setup();
    return {
      predict: (count) => session.predict(count),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close().catch(() => {});
    throw error;
  }
}

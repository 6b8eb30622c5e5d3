import { stat } from 'node:fs/promises';
import type { Scheduling } from '../../src/bundle/scheduling.js';
import { categoriesOf, recordTrace, type TraceRecording } from '../chromeTrace/recordTrace.js';
import { CollectError } from '../collectError.js';
import { profileThreads, type WhileHeld } from '../cpuProfile/profileThreads.js';
import type { ThreadProfile } from '../cpuProfile/threadsOfProfiles.js';
import { writeSamples } from '../cpuProfile/writeSamples.js';
import { canSampleScheduling } from '../scheduling/sampleScheduling.js';
import { mergeScheduling, watchScheduling } from '../scheduling/watchScheduling.js';
import { startTimer } from '../startTimer.js';
import { type TraceWithSamples, traceWithSamples } from '../traceWithSamples.js';
import type { PageTarget } from './pageTarget.js';

/**
 * Length of a stretch of samples. Samples stay in the page's process until they are taken, and are lost with it. Taking them
 * stops a thread for some 20 ms, or 40 ms with much compiled Wasm, because V8 then restarts the profiler. So it must not happen
 * often.
 */
const STRETCH_MS = 5000;
const LEAST_STRETCH_MS = 1000;
/**
 * Sampling interval. The length of inferences is unknown, and even those of 4 ms must be resolved.
 * `npm run bench -- attachEffect` measures the cost.
 */
const INTERVAL_US = 1000;

export interface PageRecording {
  /** Announces that the current document is about to be left for the one to be recorded. */
  leave(): void;
  /** Ends sampling while the trace continues. Never fails. */
  stopSampling(): Promise<void>;
  /** The samples until then. */
  profiles(): readonly ThreadProfile[];
  scheduling(): Scheduling | null;
  /**
   * Ends the trace and writes it, including the samples.
   * @param capturedUrls addresses of the captured Wasm modules
   */
  writeTrace(path: string, capturedUrls: readonly string[]): Promise<TraceWithSamples>;
  /**
   * Writes only the samples as a trace, for a browser that did not hand in its own. @returns null if nothing was sampled
   */
  writeSamples(path: string, capturedUrls: readonly string[]): Promise<TraceWithSamples | null>;
}

/**
 * Starts recording a page: the trace of the whole browser, CPU samples of the page, its frames and workers, and thread scheduling
 * if the browser runs on this machine. The trace uses the browser's session, since it is lost with the session that it began on.
 * @param lastMs keeps only the last part of this length; null: all
 * @throws CollectError if the browser is already being traced
 */
export async function recordPage(target: PageTarget, lastMs: number | null, whileHeld: WhileHeld): Promise<PageRecording> {
  const { page, browser } = target;
  const recording = await startTrace(target, lastMs);
  const profiler = await profileThreads(page, INTERVAL_US, whileHeld);
  const scheduler = target.isHere && canSampleScheduling() ? await watchScheduling(browser) : null;
  const stretches: {
    readonly endedMs: number;
    readonly profiles: readonly ThreadProfile[];
    readonly scheduling: Scheduling[];
  }[] = [];
  const lost: string[] = [];
  const stretchMs = lastMs === null ? STRETCH_MS : Math.max(LEAST_STRETCH_MS, lastMs / 2);
  let isOver = false;

  const turn = async (isLast: boolean): Promise<void> => {
    const handedIn = await (isLast ? profiler.stop() : profiler.turn());
    const scheduling = scheduler === null ? [] : [isLast ? scheduler.stop() : scheduler.turn()];
    const endedMs = performance.now();
    stretches.push({ endedMs, profiles: handedIn.profiles, scheduling });
    lost.push(...handedIn.lost);
    // Whole stretches are kept, so that they cover at least the requested time.
    while (lastMs !== null && stretches[0]!.endedMs < endedMs - lastMs) {
      stretches.shift();
      lost.length = 0;
    }
  };
  let endTimer: () => void;
  let turning: Promise<void> = Promise.resolve();
  const schedule = (): void => {
    endTimer = startTimer(stretchMs, () => {
      turning = turn(false).then(() => {
        if (!isOver) schedule();
      });
    });
  };
  schedule();

  const profiles = (): readonly ThreadProfile[] => stretches.flatMap((stretch) => stretch.profiles);
  return {
    leave: profiler.leave,
    profiles,
    async stopSampling() {
      isOver = true;
      endTimer();
      await turning;
      await turn(true);
    },
    scheduling: () => mergeScheduling(stretches.flatMap(({ scheduling }) => scheduling)),
    async writeTrace(path, capturedUrls) {
      const endUs = Math.max(...profiles().map(({ profile }) => profile.endTime));
      return traceWithSamples(recording, path, { profiles: profiles(), lost }, INTERVAL_US, capturedUrls, {
        dropsPolling: true,
        dropsOtherPages: target.opened === 'attached',
        ...(lastMs !== null && Number.isFinite(endUs) ? { fromUs: endUs - lastMs * 1000 } : {}),
      });
    },
    async writeSamples(path, capturedUrls) {
      if (profiles().length === 0) return null;
      const { threads, samples } = await writeSamples(path, profiles(), capturedUrls);
      const { size: compressedBytes } = await stat(path);
      return {
        // No buffer of Chrome's overflowed. The manifest says why there is nothing but samples.
        trace: { categories: [], compressedBytes, dataLoss: false, samplingIntervalUs: INTERVAL_US, dropped: null },
        samples: { outcome: 'done', detail: `${samples} samples of ${threads} threads, without Chrome’s own trace` },
      };
    },
  };
}

async function startTrace({ browser, opened }: PageTarget, lastMs: number | null): Promise<TraceRecording> {
  try {
    return await recordTrace(browser, categoriesOf(true), lastMs === null ? 'first' : 'last');
  } catch (error) {
    const { message } = error as Error;
    if (opened === 'launched' || !/already been started/i.test(message)) throw error;
    throw new CollectError(
      'This browser is being recorded already: by DevTools’ Performance panel, chrome://tracing or another tool. End that recording, and run this again.',
    );
  }
}

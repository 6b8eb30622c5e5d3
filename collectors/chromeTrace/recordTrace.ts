import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import type { Manifest } from '../../src/bundle/manifest.js';
import { replaceFile } from '../../src/bundle/replaceFile.js';
import { CollectError } from '../collectError.js';
import { askBrowser, NO_LIMIT, type ProtocolSession, protocolStream } from '../protocolSession.js';
import { keepAsking, type ProgressLimits, signsOfLife, type Wait, whileProgress } from '../whileProgress.js';
import { LimitError } from '../within.js';

/**
 * The recorded categories: tasks, V8 and Wasm compilation, garbage collection, CPU samples, user timing, GPU and compositor. With
 * this choice a run of a few seconds stays at a few megabytes, and recording costs little.
 * V8 sets the rate of the CPU samples: it asks for one every 100 µs and gets about half of them, and no switch changes that.
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/profiler/tracing-cpu-profiler.cc
 */
export const TRACE_CATEGORIES = [
  'devtools.timeline',
  'v8',
  'v8.wasm',
  'disabled-by-default-v8.gc',
  'blink.user_timing',
  'blink.console',
  'toplevel',
  'loading',
  'gpu',
  'cc',
  'benchmark',
  // The frames track of DevTools.
  'disabled-by-default-devtools.timeline.frame',
] as const;

/**
 * Added where the GPU is used: the work of Dawn and ANGLE in the GPU process. `gpu.service` and `gpu.device` are left out: with
 * them the GPU process polls for times a million times in a few predictions.
 */
const GPU_CATEGORIES = ['gpu.dawn', 'gpu.angle', 'disabled-by-default-gpu.dawn'] as const;

/** Recorded of a page that is used: what reports of frames and input, of tasks and what runs in them, and of video. */
export const QOE_CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'blink.user_timing',
  'benchmark',
  'toplevel',
  'v8',
  'v8.wasm',
  'media',
  // For which context the GPU process works, and when it waits for the device.
  'gpu',
  'gpu.angle',
] as const;

/**
 * Recorded of a page that is opened: what it asks the network for, what is compiled, and what becomes of Wasm in the code cache, which Blink
 * reports in a category that is off by default.
 * https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/bindings/core/v8/v8_wasm_response_extensions.cc
 */
export const VISIT_CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  'loading',
  'toplevel',
  'v8',
  'v8.wasm',
  'gpu',
  ...GPU_CATEGORIES,
] as const;

/** The categories of a run on a backend. */
export const categoriesOf = (usesGpu: boolean): readonly string[] =>
  usesGpu ? [...TRACE_CATEGORIES, ...GPU_CATEGORIES] : TRACE_CATEGORIES;

/** Chrome's buffer, large enough for a minute of a busy page. It is memory of the browser process, allocated as it fills. */
const BUFFER_KB = 512 * 1024;
/** Buffer of a recording without a time limit. It soon fills, and stays full. */
const RING_BUFFER_KB = 256 * 1024;
/** Chrome gathers what its processes still hold. That takes seconds, and on a busy machine minutes, in which it answers others. */
const ENDING: ProgressLimits = { what: 'The end of Chrome’s trace', silenceMs: 60_000, capMs: 10 * 60_000 };
/** A trace has hundreds of megabytes at most. */
const READING: ProgressLimits = { what: 'The rest of Chrome’s trace', silenceMs: 60_000, capMs: 15 * 60_000 };

const complete = z.object({ stream: z.string().optional(), dataLossOccurred: z.boolean() });

export interface TraceRecording {
  /** Ends tracing and streams the compressed trace to `path`. The file appears only when it is complete. */
  stop(path: string): Promise<NonNullable<Manifest['trace']>>;
}

/**
 * Starts tracing.
 * @param session a session of a page records its processes, the GPU process and the browser's own, and loses the trace with the
 *   page. A session of the browser records all processes, including those of other tabs.
 * @param keeps what a full buffer keeps: the first events, or the last
 */
export async function recordTrace(
  session: ProtocolSession,
  categories: readonly string[],
  keeps: 'first' | 'last' = 'first',
): Promise<TraceRecording> {
  await session.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    streamFormat: 'json',
    // With gzip, Chromium 156 never ends the trace of some pages (a timer that keeps the page busy half of the time is enough).
    // So we compress the trace here.
    streamCompression: 'none',
    traceConfig: {
      recordMode: keeps === 'first' ? 'recordUntilFull' : 'recordContinuously',
      traceBufferSizeInKb: keeps === 'first' ? BUFFER_KB : RING_BUFFER_KB,
      includedCategories: categories,
      excludedCategories: ['*'],
    },
  });
  return {
    async stop(path) {
      const { stream, dataLoss } = await whileBrowserAnswers(session, ENDING, (wait) => wait(endTracing(session)));
      await whileBrowserAnswers(session, READING, (wait) =>
        replaceFile(path, (file) => pipeline(protocolStream(session, stream, wait), createGzip(), file.createWriteStream())),
      );
      const { size: compressedBytes } = await stat(path);
      return { categories: [...categories], compressedBytes, dataLoss, samplingIntervalUs: null, dropped: null };
    },
  };
}

/** @throws CollectError if the browser answers nothing for long, or the cap is reached */
async function whileBrowserAnswers<T>(
  session: ProtocolSession,
  limits: ProgressLimits,
  work: (wait: Wait) => Promise<T>,
): Promise<T> {
  const signs = signsOfLife();
  const stopAsking = keepAsking(() => askBrowser(session), signs);
  try {
    return await work(whileProgress(limits, signs));
  } catch (error) {
    throw error instanceof LimitError ? new CollectError(`${error.message}.`) : error;
  } finally {
    stopAsking();
  }
}

function endTracing(session: ProtocolSession): Promise<{ stream: string; dataLoss: boolean }> {
  return new Promise((resolve, reject) => {
    session.on('Tracing.tracingComplete', (params) => {
      const { stream, dataLossOccurred } = complete.safeParse(params).data ?? {};
      if (stream !== undefined) resolve({ stream, dataLoss: dataLossOccurred === true });
      else reject(new CollectError('Chrome ended tracing without a stream to read it from.'));
    });
    session
      .send('Tracing.end', {}, NO_LIMIT)
      .catch((error: Error) => reject(new CollectError(`Chrome could not end tracing: ${error.message}`)));
  });
}

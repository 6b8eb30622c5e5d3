import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import { replaceFile } from '../../src/bundle/bundleFiles.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import { CollectError } from '../collectError.js';
import { type ProtocolSession, protocolStream } from '../protocolSession.js';
/**
 * What is recorded: tasks, V8 and Wasm compilation, garbage collection, CPU samples, user timing, GPU and compositor. Chosen so
 * that a run of a few seconds stays a few megabytes and recording costs little. The rate of the CPU samples is V8's own: it asks for
 * one every 100 µs and gets about half of that, and no switch changes it.
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
] as const;

/**
 * Besides, where the GPU is used: what Dawn and ANGLE do in the GPU process. Neither `gpu.service` nor `gpu.device`: they have the GPU
 * process poll for times a million times in a few predictions.
 */
const GPU_CATEGORIES = ['gpu.dawn', 'gpu.angle', 'disabled-by-default-gpu.dawn'] as const;

/** Chrome's buffer, large enough for a minute of a busy page; it is memory in the browser process, taken as it fills. */
const BUFFER_KB = 512 * 1024;
/** Of a recording that goes on for as long as the user likes: it is full before long, and then stays so. */
const RING_BUFFER_KB = 256 * 1024;
/** Chrome flushes its buffers within seconds; past this it has hung. */
const END_LIMIT_MS = 60_000;

const complete = z.object({ stream: z.string().optional(), dataLossOccurred: z.boolean() });

export interface TraceRecording {
  /** Ends tracing and streams the trace, compressed, to `path`, which appears only when whole. */
  stop(path: string): Promise<NonNullable<Manifest['trace']>>;
}

/**
 * Starts tracing.
 * @param session of a page: its processes, that of the GPU and the browser's own are recorded, and the trace is lost with the page. Of the browser:
 *   all processes are, those of other tabs too.
 * @param keeps what is kept when the buffer is full: the first that was recorded, or the last
 */
export async function recordTrace(
  session: ProtocolSession,
  usesGpu: boolean,
  keeps: 'first' | 'last' = 'first',
): Promise<TraceRecording> {
  const categories = usesGpu ? [...TRACE_CATEGORIES, ...GPU_CATEGORIES] : [...TRACE_CATEGORIES];
  await session.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    streamFormat: 'json',
    // With gzip, Chromium 156 never ends the trace of some pages (one whose timer keeps it busy half of the time is enough): it is compressed here.
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
      const { stream, dataLoss } = await endTracing(session);
      await replaceFile(path, (partial) => pipeline(protocolStream(session, stream), createGzip(), createWriteStream(partial)));
      const { size: compressedBytes } = await stat(path);
      return { categories, compressedBytes, dataLoss, samplingIntervalUs: null, dropped: null };
    },
  };
}

function endTracing(session: ProtocolSession): Promise<{ stream: string; dataLoss: boolean }> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new CollectError(`Chrome did not finish its trace within ${END_LIMIT_MS / 1000} s.`)),
      END_LIMIT_MS,
    );
    session.on('Tracing.tracingComplete', (params) => {
      clearTimeout(limit);
      const { stream, dataLossOccurred } = complete.safeParse(params).data ?? {};
      if (stream !== undefined) resolve({ stream, dataLoss: dataLossOccurred === true });
      else reject(new CollectError('Chrome ended tracing without a stream to read it from.'));
    });
    session.send('Tracing.end').catch((error: Error) => {
      clearTimeout(limit);
      reject(new CollectError(`Chrome could not end tracing: ${error.message}`));
    });
  });
}

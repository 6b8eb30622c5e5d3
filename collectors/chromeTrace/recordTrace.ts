import { open, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Manifest } from '../../src/bundle/manifest.js';
import { CollectError } from '../collectError.js';
import type { ProtocolSession } from '../protocolSession.js';

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
const READ_BYTES = 1 << 20;
/** Chrome flushes its buffers within seconds; past this it has hung. */
const END_LIMIT_MS = 60_000;

const complete = z.object({ stream: z.string().optional(), dataLossOccurred: z.boolean() });
const chunkSchema = z.object({ data: z.string(), base64Encoded: z.boolean().default(false), eof: z.boolean() });

export interface TraceRecording {
  /** Ends tracing and streams the compressed trace to `path`, which appears only when whole. */
  stop(path: string): Promise<NonNullable<Manifest['trace']>>;
}

/** Starts tracing all processes of the browser, on a page's session. */
export async function recordTrace(session: ProtocolSession, usesGpu: boolean): Promise<TraceRecording> {
  const categories = usesGpu ? [...TRACE_CATEGORIES, ...GPU_CATEGORIES] : [...TRACE_CATEGORIES];
  await session.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    streamFormat: 'json',
    streamCompression: 'gzip',
    traceConfig: {
      recordMode: 'recordUntilFull',
      traceBufferSizeInKb: BUFFER_KB,
      includedCategories: categories,
      excludedCategories: ['*'],
    },
  });
  return {
    async stop(path) {
      const { stream, dataLoss } = await endTracing(session);
      const partial = `${path}.partial`;
      const file = await open(partial, 'w');
      let compressedBytes = 0;
      try {
        for (let eof = false; !eof; ) {
          const chunk = chunkSchema.parse(await session.send('IO.read', { handle: stream, size: READ_BYTES }));
          const bytes = Buffer.from(chunk.data, chunk.base64Encoded ? 'base64' : 'utf8');
          await file.write(bytes);
          compressedBytes += bytes.length;
          eof = chunk.eof;
        }
        await file.close();
      } catch (error) {
        await file.close().catch(() => {});
        await rm(partial, { force: true });
        throw error;
      }
      await session.send('IO.close', { handle: stream });
      await rename(partial, path);
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

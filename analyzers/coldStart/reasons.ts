import type { Trace } from '../../src/trace/trace.js';
import { formatMs } from '../../src/view/format.js';
import { type ModuleUse, sliceCount } from './modules.js';

/**
 * Why compiled code of a module was not kept, or not found again. Chromium keeps that of a response which is compiled as it streams in over
 * http or https, and only together with that very response: compileStreaming() and instantiateStreaming() ask Blink for it, which has no
 * place for code of bytes, nor of a response that a script made.
 * https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/bindings/core/v8/v8_wasm_response_extensions.cc
 * https://v8.dev/blog/wasm-code-caching
 */
export type CacheReasonId =
  | 'bytes'
  | 'mime'
  | 'service-worker'
  | 'not-http'
  | 'not-cacheable'
  | 'too-little'
  | 'ended-early'
  | 'invalid';

export interface CacheReason {
  readonly id: CacheReasonId;
  /** A sentence. May name what a server sent: untrusted text. */
  readonly text: string;
}

/** What a visit shows of the cache beside its modules. */
export interface KeepingFacts {
  /** Jobs of the optimizing compiler: only what it made is kept. */
  readonly topTierJobs: number;
  /** From its last job to the end of the recording, ms; null without one. */
  readonly restMs: number | null;
}

/**
 * V8 hands code over once it has this many bytes of it, and nothing was compiled for this time.
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/flags/flag-definitions.h (wasm_caching_threshold, wasm_caching_timeout_ms)
 */
const CACHING_TIMEOUT_MS = 2000;

export function keepingFacts(trace: Trace, threads: ReadonlySet<number>, fromUs: number): KeepingFacts {
  const { columns, length } = trace.tables.slices;
  const isJob = (row: number): boolean => threads.has(columns.thread[row]!) && columns.startUs[row]! >= fromUs;
  const code = columns.name.strings.indexOf('wasm.TopTierCompilation');
  let lastUs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < length; row++) {
    if (columns.name.codes[row] !== code || !isJob(row)) continue;
    lastUs = Math.max(lastUs, columns.startUs[row]! + columns.durationUs[row]!);
  }
  return {
    topTierJobs: sliceCount(trace, 'wasm.TopTierCompilation', isJob),
    restMs: Number.isFinite(lastUs) ? (trace.reading.endUs - lastUs) / 1000 : null,
  };
}

/** Why this visit kept no compiled code of the module; null: it did, or the trace does not show why not. */
export function whyNotKept(module: ModuleUse, { topTierJobs, restMs }: KeepingFacts): CacheReason | null {
  const own = whyNever(module);
  if (own || module.producedBytes !== null) return own;
  // What is found in the cache needs not be kept again.
  if (module.hit) return null;
  if (topTierJobs === 0) {
    const text = 'The optimizing compiler found nothing worth compiling in this visit, and only what it makes is kept.';
    return { id: 'too-little', text };
  }
  if (restMs !== null && restMs < CACHING_TIMEOUT_MS) {
    const text = `The recording ended ${formatMs(restMs)} after the last function was optimized, and V8 hands code over once nothing was compiled for ${formatMs(CACHING_TIMEOUT_MS)}.`;
    return { id: 'ended-early', text };
  }
  return null;
}

/** @param before the same module in the visit before this one, and that visit's facts; null: it did not compile it */
export function whyMissed(
  module: ModuleUse,
  before: { readonly module: ModuleUse; readonly facts: KeepingFacts } | null,
): CacheReason | null {
  const own = whyNever(module);
  if (own) return own;
  if (module.invalid) {
    const text = 'There was compiled code of it, and it did not fit these bytes or this version of the browser.';
    return { id: 'invalid', text };
  }
  if (module.source === 'network') return { id: 'not-cacheable', text: anewText(module) };
  return before && whyNotKept(before.module, before.facts);
}

/** How it is loaded, by which no code of it is ever kept. */
function whyNever({ compiledFrom, request, url, source }: ModuleUse): CacheReason | null {
  if (compiledFrom === 'mime') {
    const text = `It is served as ${request?.mimeType || 'nothing'}, so WebAssembly refused to stream it, and the script handed its bytes over instead.`;
    return { id: 'mime', text };
  }
  if (compiledFrom === 'bytes') {
    const text = 'A script handed its bytes over (WebAssembly.instantiate or compile), of which no compiled code is kept.';
    return { id: 'bytes', text };
  }
  if (source === 'service worker' && !PASSED_ON.has(request?.workerSource ?? '')) {
    const text = 'A service worker made the response itself, and Blink has no place to keep code of such a one.';
    return { id: 'service-worker', text };
  }
  if (url !== null && !/^https?:/.test(url)) {
    return { id: 'not-http', text: 'It was not loaded over http or https, and only code of such responses is kept.' };
  }
  return null;
}

/** What a service worker took from there and passed on is as good as without it. */
const PASSED_ON: ReadonlySet<string> = new Set(['httpCache', 'network', 'cacheStorage']);

function anewText({ request }: ModuleUse): string {
  const header = request?.cacheControl;
  const sent =
    header === null || header === undefined ? 'the server sends no Cache-Control' : `the server sends Cache-Control: ${header}`;
  return `The module came from the network again (${sent}), and compiled code belongs to the very response that it was made of.`;
}

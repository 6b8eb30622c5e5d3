import { lastPart } from '../../src/text/lastPart.js';
import type { Trace } from '../../src/trace/trace.js';
import { sliceArgs } from '../activity/findSlices.js';
import { instantsOf, numberOf, textOf } from './instantArgs.js';
import type { Request } from './requests.js';

/** A Wasm module that a visit compiled, or took from the code cache. */
export interface StartedModule {
  /** Null: it was in a script, or the trace does not tell which of the page's files it was. Untrusted text. */
  readonly url: string | null;
  /** Of the module as it was compiled; null: not known. */
  readonly bytes: number | null;
  /**
   * `stream`: compiled as it arrived. `bytes`: a script handed its bytes over. `mime`: it was to be streamed, which V8 refused as the
   * server did not call it application/wasm; then the bytes were handed over.
   */
  readonly compiledFrom: 'stream' | 'bytes' | 'mime';
  /** What the response came with; null without one. */
  readonly source: Request['source'];
  /** Its compiled code was read from the code cache. */
  readonly hit: boolean;
  /** There was some, and it did not fit this module or this browser. */
  readonly invalid: boolean;
  /** Compiled code that this visit handed to the cache; null: none. */
  readonly producedBytes: number | null;
  readonly consumedBytes: number | null;
}

export interface ModuleUse extends StartedModule {
  readonly request: Request | null;
}

/** Modules up to this size are probes of what the browser can do, and compiled in no time. */
const PROBE_BYTES = 10_000;

const CACHE = new Set([
  'v8.wasm.streamFromResponseCallback',
  'v8.wasm.moduleCacheHit',
  'v8.wasm.moduleCacheInvalid',
  'v8.wasm.moduleCacheInvalidDigest',
  'v8.wasm.compiledModule',
  'v8.wasm.cachedModule',
]);

/**
 * What became of each Wasm module between `fromUs` and the end of the trace. What is streamed names its address, what is handed over does
 * not, and is told by its size. Events of the code cache are Blink's:
 * https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/bindings/core/v8/v8_wasm_response_extensions.cc
 */
export function modulesOf(trace: Trace, requests: readonly Request[], threads: ReadonlySet<number>, fromUs: number): ModuleUse[] {
  const { columns } = trace.tables.slices;
  const within = (row: number): boolean => threads.has(columns.thread[row]!) && columns.startUs[row]! >= fromUs;
  const streamedUrls = new Set<string>();
  for (const [row, url] of sliceArgs(trace, 'url', 'text')) {
    if (columns.name.at(row) === 'wasm.SetUrl' && within(row)) streamedUrls.add(url);
  }
  const cache = cacheEvents(trace, threads, fromUs);
  const requestFor = (url: string): Request | null => requests.findLast((each) => each.url === url) ?? null;
  // Looked up by their bytes, whether or not they are found.
  const lookedUp = [...sliceArgs(trace, 'wire_bytes', 'number')]
    .filter(([row, bytes]) => columns.name.at(row) === 'wasm.GetNativeModuleFromCache' && within(row) && bytes > PROBE_BYTES)
    .map(([, bytes]) => bytes);
  const streamed = [...streamedUrls].map((url): ModuleUse => {
    const request = requestFor(url);
    const bytes = request?.bytes ?? null;
    const looked = lookedUp.indexOf(bytes ?? Number.NaN);
    if (looked >= 0) lookedUp.splice(looked, 1);
    return {
      url,
      bytes,
      compiledFrom: 'stream',
      source: request?.source ?? null,
      request,
      hit: cache.hits.has(url) && !cache.invalid.has(url),
      invalid: cache.invalid.has(url),
      producedBytes: cache.produced.get(url) ?? null,
      consumedBytes: cache.hits.get(url) ?? null,
    };
  });
  const aborted = sliceCount(trace, 'wasm.AbortStreaming', within) > 0;
  const handedOver = [...new Set(lookedUp)].map((bytes): ModuleUse => {
    const request = requests.findLast((each) => each.bytes === bytes && !streamedUrls.has(each.url)) ?? null;
    const refused = aborted && request !== null && request.mimeType !== null && request.mimeType !== 'application/wasm';
    return {
      url: request?.url ?? null,
      bytes,
      compiledFrom: refused ? 'mime' : 'bytes',
      source: request?.source ?? null,
      request,
      ...NOT_CACHED,
    };
  });
  return [...streamed, ...handedOver].filter(({ bytes }) => bytes === null || bytes > PROBE_BYTES);
}

const NOT_CACHED = { hit: false, invalid: false, producedBytes: null, consumedBytes: null } as const;

interface CacheEvents {
  /** By address: bytes of compiled code that were read. */
  readonly hits: ReadonlyMap<string, number>;
  readonly invalid: ReadonlySet<string>;
  /** By address: bytes of compiled code that were handed over to be kept. */
  readonly produced: ReadonlyMap<string, number>;
}

/** Some of them name no address: it is that of the event before, on the same thread. */
function cacheEvents(trace: Trace, threads: ReadonlySet<number>, fromUs: number): CacheEvents {
  const hits = new Map<string, number>();
  const invalid = new Set<string>();
  const produced = new Map<string, number>();
  const lastUrl = new Map<number, string>();
  for (const event of instantsOf(trace, CACHE)) {
    if (!threads.has(event.thread) || event.atUs < fromUs) continue;
    const named = textOf(event, 'url');
    if (named !== null) lastUrl.set(event.thread, named);
    const url = lastUrl.get(event.thread);
    if (url === undefined) continue;
    if (event.name === 'v8.wasm.moduleCacheHit') hits.set(url, numberOf(event, 'consumedCacheSize') ?? 0);
    if (event.name === 'v8.wasm.cachedModule') produced.set(url, numberOf(event, 'producedCacheSize') ?? 0);
    if (event.name.startsWith('v8.wasm.moduleCacheInvalid')) invalid.add(url);
  }
  return { hits, invalid, produced };
}

/** Number of slices of a name. */
export function sliceCount(trace: Trace, wanted: string, within: (row: number) => boolean): number {
  const { columns, length } = trace.tables.slices;
  const code = columns.name.strings.indexOf(wanted);
  let count = 0;
  if (code >= 0) for (let row = 0; row < length; row++) if (columns.name.codes[row] === code && within(row)) count++;
  return count;
}

/** File of a module, as it is published. */
export const fileOf = (url: string | null): string | null => (url === null ? null : lastPart(url));

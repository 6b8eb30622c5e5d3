import { applyPatch, fingerprint } from '../../../src/wasm/rewrite/applyPatch.js';
import type { Counting, PagePatch, Uncounted } from '../counting.js';
import { intrinsics } from './intrinsics.js';
import { type KeptModule, viewOf } from './keepModules.js';

const {
  apply,
  construct,
  getOwnPropertyDescriptor,
  instantiate,
  mapGet,
  mapSet,
  promiseThen,
  textHas,
  validate,
  viewLength,
  WasmModule,
} = intrinsics;
const { Bytes, bufferLength, headerOf, Response, responseBytes, responseClone, responseHeaders, responseIsOk, setPrototypeOf } =
  intrinsics;

/**
 * Larger modules are not compiled or instantiated at once on a page's own thread.
 * https://chromium.googlesource.com/chromium/src/+/main/third_party/blink/renderer/bindings/core/v8/v8_initializer.cc (kWasmWireBytesLimit)
 */
const MOST_AT_ONCE = 1 << 23;

/** Gives the engine modules that count, in place of those that the page compiles. Whatever fails, the original is compiled. */
export interface CountingModules {
  /** What to compile in place of a parameter: bytes that count, or the parameter itself. */
  bytes(source: unknown): unknown;
  /** The same of a response that is to be streamed. */
  response(source: Promise<unknown>): Promise<unknown>;
  /** Compiles in place of a parameter, which must work at once. */
  module(source: unknown, compile: (source: unknown) => object): object;
  /** Notes what a module was made from. */
  made(module: object, original: KeptModule): void;
  /**
   * A promise of an instance, or of one with its module; where there is no memory for counters, of the original's.
   * @param of the module, or what was kept of its bytes
   */
  instantiated(promise: unknown, of: unknown, imports: unknown): unknown;
  /** The module to instantiate at once in place of one: the original, where the one that counts is too large for that. */
  atOnce(module: object): object;
  /** Bytes of the original, to instantiate in its place, where an instance failed for want of memory for counters; else null. */
  withoutCounters(error: unknown, module: unknown): BufferSource | null;
  readonly uncounted: Uncounted;
}

export function countingModules({ patches }: Counting): CountingModules {
  const uncounted = { unknown: 0, refused: 0, tooLarge: 0, noMemory: 0 };
  const steps: (Uint8Array | undefined)[] = [];
  /** What the modules of a page were made from. */
  const originals = new WeakMap<object, KeptModule>();
  const isPage = typeof document !== 'undefined';

  const patchOf = (view: Uint8Array): number => {
    const length = viewLength(view);
    let print = -1;
    for (let i = 0; i < patches.length; i++) {
      if (patches[i]!.from !== length) continue;
      if (print < 0) print = fingerprint(view, length);
      if (patches[i]!.fingerprint === print) return i;
    }
    return -1;
  };
  const counting = (view: Uint8Array): Uint8Array<ArrayBuffer> | null => {
    try {
      const found = patchOf(view);
      if (found < 0) {
        // What is no module is refused by the original call.
        if (apply(validate, undefined, [view as BufferSource])) uncounted.unknown++;
        return null;
      }
      const patch = patches[found]!;
      steps[found] ??= bytesOf(patch);
      const bytes = applyPatch(view, { ...patch, steps: steps[found] as Uint8Array<ArrayBuffer> }, patch.stepBytes);
      if (apply(validate, undefined, [bytes])) return bytes;
      uncounted.refused++;
    } catch {
      uncounted.refused++;
    }
    return null;
  };
  const isTooLarge = (from: number, to: number): boolean => isPage && to > MOST_AT_ONCE && from <= MOST_AT_ONCE;

  const originalOf = (module: unknown): Uint8Array | null => {
    if (typeof module !== 'object' || module === null) return null;
    return (mapGet(originals as never, module) as KeptModule | undefined)?.bytes ?? null;
  };

  const withoutCounters = (error: unknown, module: unknown): BufferSource | null => {
    if (!saysNoMemory(error)) return null;
    const bytes = originalOf(module);
    if (bytes) uncounted.noMemory++;
    return bytes as BufferSource | null;
  };

  return {
    uncounted,
    bytes(source) {
      const view = viewOf(source);
      return (view && counting(view)) ?? source;
    },
    async response(source) {
      const response = await source;
      try {
        // Where the status or the type is not what the engine wants, it says so itself.
        if (!responseIsOk!(response)) return response;
        const type = headerOf!(responseHeaders!(response), 'Content-Type');
        const buffer = await responseBytes!(responseClone!(response as Response));
        const bytes = counting(new Bytes(buffer, 0, bufferLength(buffer)));
        if (!bytes || type === null) return response;
        return new Response!(bytes, bare({ headers: bare({ 'Content-Type': type }) }));
      } catch {
        return response;
      }
    },
    module(source, compile) {
      const view = viewOf(source);
      const bytes = view && counting(view);
      if (!view || !bytes) return compile(source);
      if (isTooLarge(viewLength(view), viewLength(bytes))) {
        uncounted.tooLarge++;
        return compile(source);
      }
      return compile(bytes);
    },
    made(module, original) {
      mapSet(originals as never, module, original);
    },
    instantiated(promise, of, imports) {
      const again = (error: unknown): unknown => {
        const kept = isKept(of) ? of.bytes : null;
        const bytes = kept ?? originalOf(of);
        if (!bytes || !saysNoMemory(error)) throw error;
        uncounted.noMemory++;
        const made = instantiate(bytes as BufferSource, imports as WebAssembly.Imports);
        // Of a module that is there only the instance is wanted.
        return kept ? made : promiseThen(made as Promise<unknown>, instanceOf, rethrow);
      };
      try {
        return promiseThen(promise as Promise<unknown>, (value) => value, again as (error: unknown) => never);
      } catch {
        return promise;
      }
    },
    withoutCounters,
    atOnce(module) {
      const bytes = originalOf(module);
      const length = bytes ? viewLength(bytes) : -1;
      for (let i = 0; i < patches.length; i++) {
        if (patches[i]!.from !== length || !isTooLarge(length, patches[i]!.to)) continue;
        uncounted.tooLarge++;
        return construct(WasmModule, [bytes]) as object;
      }
      return module;
    },
  };
}

const instanceOf = (made: unknown): unknown => (made as WebAssembly.WebAssemblyInstantiatedSource).instance;
const rethrow = (error: unknown): never => {
  throw error;
};

const isKept = (of: unknown): of is KeptModule =>
  typeof of === 'object' && of !== null && getOwnPropertyDescriptor(of, 'sha256') !== undefined;

/** V8 has room for some hundred memories, each with its guard of 10 GB of addresses, and says so before it runs anything of the instance. */
function saysNoMemory(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const message = getOwnPropertyDescriptor(error, 'message')?.value;
  return typeof message === 'string' && textHas(message, 'Cannot allocate Wasm memory');
}

/** Without a prototype, whose properties a page may have added to. */
const bare = <T extends object>(value: T): T => {
  setPrototypeOf(value, null);
  return value;
};

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digits = bare({} as Record<string, number>);
for (let i = 0; i < 64; i++) digits[DIGITS[i]!] = i;

/** The steps of a patch, from base64. */
function bytesOf({ steps, stepBytes }: PagePatch): Uint8Array<ArrayBuffer> {
  const bytes = new Bytes(stepBytes);
  let at = 0;
  for (let i = 0; at < stepBytes; i += 4) {
    const four =
      (digits[steps[i]!]! << 18) |
      (digits[steps[i + 1]!]! << 12) |
      ((digits[steps[i + 2]!] ?? 0) << 6) |
      (digits[steps[i + 3]!] ?? 0);
    bytes[at++] = four >> 16;
    if (at < stepBytes) bytes[at++] = four >> 8;
    if (at < stepBytes) bytes[at++] = four;
  }
  return bytes;
}

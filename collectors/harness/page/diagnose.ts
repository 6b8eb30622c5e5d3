import type { GpuApi, HarnessFailure } from '../failure.js';
import type { Workload } from '../protocol.js';
import type { PageFramework } from './framework.js';
import type { GpuWatch } from './watchGpu.js';

/** A framework may learn of a loss before this realm's own event arrives. */
const LOSS_GRACE_MS = 500;

/** Finds out why the framework failed. @returns null if it is none of the known causes */
export async function diagnose(
  error: Error,
  { backend }: Workload,
  framework: PageFramework,
  watch: GpuWatch | null,
): Promise<HarnessFailure | null> {
  const operator = await framework.missingOperator?.(error);
  if (operator) return { kind: 'operator', ...operator };
  if (backend === 'wasm') return wasmMemory(error);
  if (!watch || (backend !== 'webgpu' && backend !== 'webgl')) return null;
  const lost = watch.lostNow() ?? (await Promise.race([watch.lost, pause(LOSS_GRACE_MS)]));
  if (lost) return lost;
  if (!(await gives[backend]())) return { kind: 'no-device', api: backend };
  return TOO_LARGE.test(error.message) ? { kind: 'too-large', api: backend } : null;
}

/**
 * Messages of ORT and its Emscripten code, which report full memory in several ways; a size beyond 32 bits overflows. TF.js's
 * Wasm code does not check whether an allocation succeeded, and writes out of bounds.
 */
const WASM_MEMORY =
  /SafeIntOnOverflow|bad_alloc|Failed to allocate memory|failed to allocate a buffer|out of memory|Cannot enlarge memory|Array buffer allocation failed|Invalid (?:typed array|array buffer) length|memory access out of bounds/i;

function wasmMemory({ message }: Error): HarnessFailure | null {
  if (!WASM_MEMORY.test(message)) return null;
  const asked = /of size[: ]+(\d+)/.exec(message)?.[1];
  return { kind: 'wasm-memory', askedBytes: asked === undefined ? null : Number(asked) };
}

/** The messages of Dawn, ORT and TF.js. */
const TOO_LARGE =
  /out of memory|OUT_OF_MEMORY|greater than WebGL maximum|larger than the maximum (?:binding|buffer|storage)|exceeds the max(?:imum)? (?:buffer|storage|texture)|maxStorageBufferBindingSize|maxBufferSize|too large for/i;

const gives: Readonly<Record<GpuApi, () => Promise<boolean>>> = {
  webgpu: async () => ((await navigator.gpu?.requestAdapter().catch(() => null)) ?? null) !== null,
  webgl: async () => new OffscreenCanvas(1, 1).getContext('webgl2') !== null,
};

const pause = (ms: number): Promise<null> => new Promise((resolve) => setTimeout(() => resolve(null), ms));

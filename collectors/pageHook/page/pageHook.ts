import { type GpuHook, installGpuHook } from '../../gpuHook/page/gpuHook.js';
import type { Counting } from '../counting.js';
import { base64Of, jsonOf } from './asText.js';
import { hookWasm } from './hookWasm.js';
import { intrinsics } from './intrinsics.js';
import { realmClock } from './realmClock.js';
import { passOn, standIns } from './standIns.js';

const { subarray, textSlice } = intrinsics;

/** The collector's access to the hook of a realm. */
export interface PageHandle {
  /** Leaves a mark for the trace. */
  mark(): void;
  /** Writes the log so far as text. @returns its length in characters */
  read(): Promise<number>;
  /** Writes what modules counted so far, and the calls until then, as text. @returns its length; -1 where modules do not count */
  count(): number;
  /** Part of the last text. */
  text(from: number, to: number): string;
  /** Part of the bytes of a module, in base64. */
  bytes(module: number, from: number, to: number): string;
  /** Reports the SHA-256 of a returned module; its bytes are then freed. */
  name(module: number, sha256: string): void;
  /** Restores the originals and deletes the log. @returns names that the page did not allow to restore, as JSON */
  remove(): string;
}

/**
 * Hooks WebAssembly and the GPU's APIs in this realm. It must run before the page's first line, and never throws.
 * @param counting makes modules count what they execute; null: they stay as they are
 * @returns null if the realm lacks what the hook needs, as worklets do
 */
export function installPageHook(counting: Counting | null): PageHandle | null {
  const edge = standIns();
  try {
    const clock = realmClock();
    let gpu: GpuHook | null = installGpuHook((standIn, original) => edge.pair(standIn, original));
    let wasm: ReturnType<typeof hookWasm> | null = hookWasm(edge, counting);
    edge.replace(Function.prototype, 'toString', {
      call: (original, self, parameters) => passOn.call(original, edge.original(self), parameters),
    });
    let text = '';
    return {
      mark: clock.mark,
      async read() {
        let ofGpu: unknown = null;
        let problem = '';
        try {
          ofGpu = gpu && { ...(await gpu.read()), clock: clock.read() };
        } catch {
          problem = 'The page stood in the way of reading what it asked of the GPU.';
        }
        const modules: object[] = [];
        const list = wasm?.modules.list ?? [];
        for (let i = 0; i < list.length; i++) {
          const { url, bytes, sha256 } = list[i]!;
          modules[i] = { url, sha256, length: bytes ? intrinsics.viewLength(bytes) : -1 };
        }
        text = jsonOf({ wasm: wasm && { clock: clock.read(), ...wasm.read() }, gpu: ofGpu, modules, problem });
        return text.length;
      },
      count() {
        if (!wasm?.counting) return -1;
        const { counters, modules } = wasm.counting;
        // Both in one go: no call ends in between.
        const read = { wasm: { clock: clock.read(), ...wasm.read() }, counters: counters.read(), uncounted: modules.uncounted };
        text = jsonOf({ at: { mark: clock.read().mark, ms: intrinsics.now() }, ...read });
        return text.length;
      },
      text: (from, to) => textSlice(text, from, to),
      bytes(module, from, to) {
        const bytes = wasm?.modules.list[module]?.bytes;
        return bytes ? base64Of(subarray(bytes, from, to)) : '';
      },
      name(module, sha256) {
        const kept = wasm?.modules.list[module];
        if (!kept) return;
        kept.sha256 = sha256;
        kept.bytes = null;
      },
      remove() {
        text = '';
        const left = edge.undo();
        try {
          gpu?.remove();
        } catch {
          left[left.length] = 'GPU';
        }
        wasm?.stop();
        gpu = null;
        wasm = null;
        return jsonOf(left);
      },
    };
  } catch {
    edge.undo();
    return null;
  }
}

import type { PageMemory } from '../../../src/bundle/memoryLog.js';
import { watchGpuMemory } from './watchGpuMemory.js';
import { watchWasmMemories } from './watchWasmMemories.js';

/** Looks closer together than this become one, of the highest values: a prediction makes hundreds of tensors. */
const MERGED_MS = 10;
/** Some ten minutes without a pause. */
const MOST_ROWS = 60_000;

/** What this realm knows of its memory, while it is being written down. Times are ms of its own `performance.now()`. */
export interface MemoryWatch {
  /** Has the framework tell of its tensors from now on: what is alive, bytes. */
  tensors(bytes: () => number): void;
  /** Looks. */
  note(): void;
  /** Looks once more, and hands over what was seen since the last time. */
  take(): PageMemory;
}

/** @param gpu whether to count what is made in the GPU's memory */
export function watchMemory(gpu: boolean): MemoryWatch {
  const now = performance.now.bind(performance);
  let rows: Row[] = [];
  let tensorBytes: (() => number) | null = null;

  const look = (isApart: boolean): void => {
    const seen: Row = {
      atMs: now(),
      wasmBytes: wasmBytes(),
      tensorBytes: tensorBytes?.() ?? null,
      gpuBytes: gpuBytes?.() ?? null,
    };
    const last = rows.at(-1);
    if (last && !isApart && seen.atMs - last.atMs < MERGED_MS) {
      last.wasmBytes = Math.max(last.wasmBytes, seen.wasmBytes);
      last.tensorBytes = most(last.tensorBytes, seen.tensorBytes);
      last.gpuBytes = most(last.gpuBytes, seen.gpuBytes);
    } else if (rows.length < MOST_ROWS) rows.push(seen);
  };
  const note = (): void => look(false);
  const wasmBytes = watchWasmMemories(note);
  const gpuBytes = gpu ? watchGpuMemory(note) : null;

  return {
    tensors(bytes) {
      tensorBytes = bytes;
    },
    note,
    take() {
      look(true);
      const taken = rows;
      rows = [];
      return {
        atMs: taken.map(({ atMs }) => atMs),
        wasmBytes: taken.map(({ wasmBytes }) => wasmBytes),
        tensorBytes: taken.map(({ tensorBytes }) => tensorBytes),
        gpuBytes: taken.map(({ gpuBytes }) => gpuBytes),
      };
    },
  };
}

interface Row {
  readonly atMs: number;
  wasmBytes: number;
  tensorBytes: number | null;
  gpuBytes: number | null;
}

const most = (a: number | null, b: number | null): number | null => (a === null || b === null ? (a ?? b) : Math.max(a, b));

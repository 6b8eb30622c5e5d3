import type { PageMemory } from '../../../src/bundle/memoryLog.js';
import { watchGpuMemory } from './watchGpuMemory.js';
import { watchWasmMemories } from './watchWasmMemories.js';

/** Readings closer together than this are merged, keeping the highest values: a prediction creates hundreds of tensors. */
const MERGED_MS = 10;
/** About ten minutes of continuous readings. */
const MOST_ROWS = 60_000;

/** Records what this realm knows of its memory. Times are ms of its own `performance.now()`. */
export interface MemoryWatch {
  /** Registers the framework's count of live tensors, bytes. */
  tensors(bytes: () => number): void;
  /** Takes a reading. */
  note(): void;
  /** Takes a final reading, and returns those since the last call. */
  take(): PageMemory;
}

/** @param gpu whether to count GPU memory */
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

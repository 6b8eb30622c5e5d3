import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { intrinsics } from './intrinsics.js';

const { Numbers, setBytes, textSlice } = intrinsics;

/** Most rows kept, at 48 bytes each. Ten calls per millisecond fill them in 20 s. */
const MOST_ROWS = 200_000;
const FIRST_ROWS = 256;
const MOST_NAMES = 4096;
/** Most names of calls that are only counted. They are separate, so they take no room from recorded calls. */
const MOST_COUNTED_NAMES = 1024;
const MOST_TEXT = 4000;
/**
 * Shorter calls are only counted, since none of them is an inference. Coarse clocks have the same step:
 * https://w3c.github.io/hr-time/#dfn-coarsen-time
 */
const SHORT_MS = 0.1;

const columns = ['instance', 'name', 'atMs', 'tookMs', 'doneMs', 'memoryBytes'] as const;

/** Rows of the outermost calls into Wasm. They are stored in numeric arrays, where a page can reach nothing. */
export interface CallRows {
  /** @returns row of the call; -1 if it is not recorded */
  add(instance: number, name: string, atMs: number, tookMs: number, isPromised: boolean): number;
  done(row: number, atMs: number): void;
  read(): Pick<WasmRealm, 'names' | 'dropped' | 'shortOf'> & { calls: Record<string, Float64Array> };
}

/** @param memoryBytes current size of the memory of an instance; -1: unknown */
export function callRows(memoryBytes: (instance: number) => number): CallRows {
  let capacity = FIRST_ROWS;
  let rows = columns.map(() => new Numbers(capacity));
  let length = 0;
  let dropped = 0;
  const shortOf: number[] = [];
  const names: string[] = [];
  const codes = Object.create(null) as Record<string, number>;

  const codeOf = (name: string, most: number): number => {
    const text = textSlice(name, 0, MOST_TEXT);
    const known = codes[text];
    if (known !== undefined) return known;
    if (names.length >= most) return -1;
    const code = names.length;
    names[code] = text;
    shortOf[code] = 0;
    codes[text] = code;
    return code;
  };
  const grow = (): void => {
    capacity *= 2;
    const bigger: Float64Array<ArrayBuffer>[] = [];
    for (let i = 0; i < columns.length; i++) {
      const column = new Numbers(capacity);
      setBytes(column, rows[i]!);
      bigger[i] = column;
    }
    rows = bigger;
  };
  return {
    add(instance, name, atMs, tookMs, isPromised) {
      if (tookMs < SHORT_MS && !isPromised) {
        const code = codeOf(name, MOST_COUNTED_NAMES);
        if (code >= 0) shortOf[code] = shortOf[code]! + 1;
        return -1;
      }
      const code = length < MOST_ROWS ? codeOf(name, MOST_NAMES + MOST_COUNTED_NAMES) : -1;
      if (code < 0) {
        dropped++;
        return -1;
      }
      if (length === capacity) grow();
      rows[0]![length] = instance;
      rows[1]![length] = code;
      rows[2]![length] = atMs;
      rows[3]![length] = tookMs;
      rows[4]![length] = -1;
      rows[5]![length] = memoryBytes(instance);
      return length++;
    },
    done(row, atMs) {
      if (row < 0) return;
      rows[4]![row] = atMs;
      rows[5]![row] = memoryBytes(rows[0]![row]!);
    },
    read() {
      const calls: Record<string, Float64Array> = {};
      for (let i = 0; i < columns.length; i++) {
        const copy = new Numbers(length);
        for (let row = 0; row < length; row++) copy[row] = rows[i]![row]!;
        calls[columns[i]!] = copy;
      }
      return { names, shortOf, calls, dropped };
    },
  };
}

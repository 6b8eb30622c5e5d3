import type { Trace } from '../../src/trace/trace.js';
import { isWasmAdapter } from '../isWasmAdapter.js';
import type { SampledFunction } from '../wasmFrames.js';

/**
 * Per row of callFrames, what JavaScript called to compute in Wasm, such as the export that runs a model, or the one that loads it: the
 * outermost Wasm function on its stack; of frames above any, the script's function that calls Wasm itself, which makes its inputs and
 * takes its outputs. Empty where neither is on the stack.
 */
export function wasmEntries(trace: Trace, functions: readonly (SampledFunction | null)[]): string[] {
  const { columns, length } = trace.tables.callFrames;
  const keyOf = (row: number): string =>
    `${columns.function.at(row)} ${columns.url.at(row)} ${columns.line[row]} ${columns.column[row]}`;
  const callers = new Set<string>();
  for (let row = 0; row < length; row++) {
    let parent = columns.parent[row]!;
    for (let up = 0; parent >= 0 && isWasmAdapter(columns.function.at(parent)) && up < length; up++)
      parent = columns.parent[parent]!;
    if (functions[row] && parent >= 0 && !functions[parent] && columns.url.at(parent) !== '') callers.add(keyOf(parent));
  }
  const entries: (string | undefined)[] = new Array(length).fill(undefined);
  for (let row = 0; row < length; row++) {
    const path: number[] = [];
    let at = row;
    // A frame that is already on the path would be its own caller: no trace should say so, but one may.
    while (at >= 0 && entries[at] === undefined && path.length <= length) {
      path.push(at);
      at = columns.parent[at]!;
    }
    let entry = at >= 0 ? entries[at]! : '';
    for (const frame of path.reverse()) {
      const called = functions[frame];
      if (called && !entry.startsWith('wasm ')) entry = `wasm ${called.url} ${called.index ?? called.name}`;
      else if (entry === '' && callers.has(keyOf(frame))) entry = `script ${keyOf(frame)}`;
      entries[frame] = entry;
    }
  }
  return entries as string[];
}

import type { Trace } from '../../src/trace/trace.js';
import type { SampledFunction } from '../wasmFrames.js';

/**
 * Per row of callFrames, the outermost Wasm function on its stack: what JavaScript called, such as the one that runs a model, or the one
 * that loads it. Empty where no Wasm is on the stack.
 */
export function wasmEntries(trace: Trace, functions: readonly (SampledFunction | null)[]): string[] {
  const { columns, length } = trace.tables.callFrames;
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
      if (entry === '' && called) entry = `${called.url} ${called.index ?? called.name}`;
      entries[frame] = entry;
    }
  }
  return entries as string[];
}

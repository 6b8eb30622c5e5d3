import type { Trace } from '../../src/trace/trace.js';

/**
 * Tells of a call frame the nearest one on its call stack that passes a test, itself included; -1 if none does. A call stack may be as deep
 * as the profile has frames, so each part of one is walked once, however often it is asked for.
 */
export function nearestFrame(trace: Trace, test: (frame: number) => boolean): (frame: number) => number {
  const { parent } = trace.tables.callFrames.columns;
  const unknown = -2;
  const known = new Int32Array(parent.length).fill(unknown);
  return (innermost) => {
    let at = innermost;
    while (at >= 0 && known[at] === unknown && !test(at)) at = parent[at]!;
    const found = at < 0 || known[at] === unknown ? at : known[at]!;
    for (let frame = innermost; frame >= 0 && frame !== at; frame = parent[frame]!) known[frame] = found;
    if (at >= 0) known[at] = found;
    return found;
  };
}

import type { Trace } from '../../src/trace/trace.js';
import { nearestFrame } from './nearestFrame.js';

/** A function of a script. Its name and the URL are untrusted text. */
export interface ScriptPlace {
  readonly function: string;
  readonly script: string;
  /** Where the function begins, 1-based as in DevTools. */
  readonly line: number | null;
  readonly column: number | null;
}

/** Tells of a call frame the nearest function of a script on its call stack, itself included; null without one. */
export function scriptPlaces(trace: Trace): (frame: number) => ScriptPlace | null {
  const { columns } = trace.tables.callFrames;
  const nearest = nearestFrame(trace, (frame) => columns.url.at(frame) !== '' && columns.codeType.at(frame) !== 'wasm');
  return (frame) => {
    const at = nearest(frame);
    if (at < 0) return null;
    return {
      function: columns.function.at(at) || '(anonymous)',
      script: columns.url.at(at),
      line: oneBased(columns.line[at]),
      column: oneBased(columns.column[at]),
    };
  };
}

const oneBased = (value: number | undefined): number | null => (value === undefined || value < 0 ? null : value + 1);

import type { Trace } from '../../src/trace/trace.js';
import type { Window } from '../windows.js';
import type { Search } from './finder.js';

/**
 * The windows that lie in what was recorded of a page: its trace goes on while the rest of the recording is ended, and then nothing tells where their time
 * is. Where the recording's times are not known, those between the first and the last CPU sample.
 */
export function inRecording({ trace, page }: Search, windows: readonly Window[]): readonly Window[] {
  const { startUs, endUs } = page?.recorded ?? sampledTimes(trace);
  return windows.filter((window) => window.startUs >= startUs && window.endUs <= endUs);
}

function sampledTimes(trace: Trace): { readonly startUs: number; readonly endUs: number } {
  const { atUs } = trace.tables.samples.columns;
  const times = { startUs: Number.POSITIVE_INFINITY, endUs: Number.NEGATIVE_INFINITY };
  for (const at of atUs) {
    times.startUs = Math.min(times.startUs, at);
    times.endUs = Math.max(times.endUs, at);
  }
  return atUs.length > 0 ? times : { startUs: Number.NEGATIVE_INFINITY, endUs: Number.POSITIVE_INFINITY };
}

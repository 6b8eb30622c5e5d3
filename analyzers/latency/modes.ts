import { formatMs, formatPlural } from '../../src/view/format.js';
import type { Latency } from './latency.js';

/** "55.2 ms in 2 processes, 75.1 ms in 1 process"; null where there is one level. */
export function modesText({ modes }: Pick<Latency, 'modes'>): string | null {
  if (modes === null) return null;
  return modes.map(({ medianMs, processes }) => `${formatMs(medianMs)} in ${formatPlural(processes, 'process')}`).join(', ');
}

/** The trace pass is one process: which of the two modes it is of, and so what is told of causes. Null where there is one level. */
export function tracedModeText({ modes, traced }: Pick<Latency, 'modes' | 'traced'>): string | null {
  if (modes === null || !traced.prediction) return null;
  const tracedMs = traced.prediction.medianMs;
  const [faster, slower] = modes.map(({ medianMs }) => Math.abs(Math.log(tracedMs / medianMs)));
  const which = faster! < slower! ? 'faster' : 'slower';
  return `Causes are of one process, whose ${formatMs(tracedMs)} under the trace are of the ${which} of the two modes.`;
}

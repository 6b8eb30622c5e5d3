import type { Trace } from '../../src/trace/trace.js';
import { samplesBetween } from '../rows.js';

interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/** A sample of a thread in a function of a script. */
export interface ScriptSample {
  readonly atUs: number;
  /** Which function: untrusted text. */
  readonly name: string;
}

/** Samples of a thread in functions of scripts, by time: neither in V8 itself nor in what the browser gives to scripts, such as setTimeout. */
export function* scriptsSampled(trace: Trace, thread: number, { startUs, endUs }: Span): Generator<ScriptSample> {
  const { samples, callFrames } = trace.tables;
  const [from, to] = samplesBetween(trace, thread, startUs, endUs);
  for (let row = from; row < to; row++) {
    const frame = samples.columns.frame[row]!;
    const url = frame < 0 ? '' : callFrames.columns.url.at(frame);
    if (url !== '') yield { atUs: samples.columns.atUs[row]!, name: `${callFrames.columns.function.at(frame)} ${url}` };
  }
}

import type { MemoryLog } from '../../src/bundle/memoryLog.js';
import type { MemoryPeak } from '../analysis.js';
import { phaseTitles } from './phaseTitles.js';
import type { Readings } from './readings.js';

/** Where something was at its highest: the first time, and the phase that this falls into; and what it was at the very end. */
export function memoryPeak({ atMs, bytes }: Readings, phases: MemoryLog['phases'], modelBytes: number): MemoryPeak {
  let highest = 0;
  bytes.forEach((value, row) => {
    if ((value ?? 0) > (bytes[highest] ?? 0)) highest = row;
  });
  const peakBytes = bytes[highest] ?? 0;
  const atPeakMs = atMs[highest]!;
  // What stands between two phases is the end of the one before.
  const phase = phases.findLast(({ startMs }) => startMs <= atPeakMs) ?? phases[0];
  const after = phases.find(({ phase }) => phase === 'after');
  return {
    peakBytes,
    phase: phase ? phaseTitles[phase.phase] : 'unknown',
    ratio: peakBytes / modelBytes,
    afterBytes: after && atMs.at(-1)! >= after.startMs ? (bytes.at(-1) ?? null) : null,
  };
}

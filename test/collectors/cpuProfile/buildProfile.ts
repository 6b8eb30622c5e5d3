import type { CallFrame, CpuProfile } from '../../../collectors/cpuProfile/cpuProfile.js';

export const frame = (functionName: string, url = '', lineNumber = -1, columnNumber = -1): CallFrame => ({
  functionName,
  scriptId: url === '' ? '0' : '7',
  url,
  lineNumber,
  columnNumber,
});

/** A profile of functions that call each other in a row, the first the root. Each sample is the index of a function. */
export function buildProfile(
  startTime: number,
  functions: readonly CallFrame[],
  samples: readonly number[],
  timeDeltas: readonly number[],
): CpuProfile {
  return {
    nodes: functions.map((callFrame, i) => ({ id: i + 1, callFrame, children: i + 1 < functions.length ? [i + 2] : [] })),
    startTime,
    endTime: startTime + timeDeltas.reduce((sum, delta) => sum + delta, 0),
    samples: samples.map((i) => i + 1),
    timeDeltas: [...timeDeltas],
  };
}

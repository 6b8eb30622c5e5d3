import type { Note } from '../note.js';
import type { KernelTotals } from '../operators/operators.js';

/** Beyond these the operators' times are not the prediction's, and the rest of it must be said. */
const COVERED = [0.9, 1.1] as const;
/** Profiled predictions that take so many times as long as timed ones were of a machine busy with something else. */
const DISTURBED = 1.5;

const covered = (part: number): boolean => part >= COVERED[0] && part <= COVERED[1];

/**
 * That operators' times do not add up to a prediction, and why: by its own predictions the pass was slower or faster, or the rest is no operator's.
 * That it cannot be told in which functions they are, and why.
 */
export function kernelNotes(totals: KernelTotals): Note[] {
  return [...coverageNotes(totals), ...functionNotes(totals)];
}

function functionNotes({ samplingLack }: KernelTotals): Note[] {
  if (samplingLack === null) return [];
  const text = `In which functions the time of the operators is cannot be told: ${samplingLack}.`;
  return [{ id: 'kernel-functions', level: 'lack', text }];
}

function coverageNotes({ coverage, profiledCoverage, onDevice, ms, profiledMs }: KernelTotals): Note[] {
  if (coverage === null || covered(coverage)) return [];
  const isDisturbed = covered(profiledCoverage) && coverage > DISTURBED;
  const why = covered(profiledCoverage)
    ? `the predictions of the profiling pass took ${profiledMs.toFixed(1)} ms, by its cost or because the machine was busier or calmer; shares and ratios are of that pass`
    : profiledCoverage < COVERED[0]
      ? `they are ${percent(profiledCoverage)} of those that were profiled, and the rest is ${onDevice ? 'getting the work to the device and the result back' : 'outside of operators: the framework itself, copies, waiting'}`
      : `they are ${percent(profiledCoverage)} of those that were profiled, so operators ran side by side`;
  return [
    {
      id: 'kernel-coverage',
      level: isDisturbed ? 'warning' : 'info',
      text: `The times of the operators (${ms.toFixed(1)} ms) add up to ${percent(coverage)} of a timed prediction: ${why}.${isDisturbed ? ' That far apart they tell little of the latency that is quoted: record again with nothing running beside it.' : ''}`,
    },
  ];
}

const percent = (part: number): string => `${Math.round(part * 100)} %`;

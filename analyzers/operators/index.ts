import { unknown } from '../../src/fact.js';
import { percent } from '../../src/view/format.js';
import { withPolling } from '../activity/polling.js';
import { executedFunctions, findWasmFunctions } from '../activity/wasmFunctions.js';
import { fact, manifest } from '../input.js';
import { latencies } from '../latency/index.js';
import { info, lack, type Note, question, warning } from '../question.js';
import { onePass } from '../recording/describe.js';
import { operatorFunctions } from './operatorFunctions.js';
import { type OperatorTotals, operatorTimes } from './operators.js';
import { ownProfile } from './ortProfile.js';
import { view } from './view.js';

const profiled = fact('profiledOperators', (get) => {
  const own = get.maybe(ownProfile);
  if (own) {
    const log = { schema: 'inferscope.kernels/1', browser: own, native: null, peaks: null } as const;
    return operatorTimes(log, null, { lack: 'a profile of ONNX Runtime holds no CPU samples' }, true);
  }
  const { kernels: log, operatorTrace, modules, symbols, decoded } = get.input;
  if (get.input.page) return onePass();
  // A failed profiling pass has its own note.
  if (!log) return get.input.manifest?.collectors.kernels ? null : notRecorded();
  const sampled = operatorFunctions(log.browser, operatorTrace, get(manifest), (of) =>
    withPolling(of, findWasmFunctions(of, modules, symbols, get(executedFunctions), decoded)),
  );
  return operatorTimes(log, get.maybe(latencies)?.prediction?.medianMs ?? null, sampled);
});

const notRecorded = (): never =>
  unknown('no-kernels', 'Time per operator was not recorded: it needs a profiling pass, as "trace collect" makes one.');

/** How long each operator of the model takes, in the browser and natively. */
export const operators = question({
  facts: {
    /** Time per operator of the browser's graph, longest first. */
    kernels: fact('kernels', (get) => get(profiled).kernels),
    /** Sums over all operators and by type. */
    kernelTotals: fact('kernelTotals', (get) => get(profiled).totals),
  },
  notes: (get) => {
    const totals = get.maybe(profiled)?.totals;
    return totals ? operatorNotes(totals) : [];
  },
  view,
});

/** Notes on whether the operators' times add up to a prediction, and on the functions that they are in. */
export const operatorNotes = (totals: OperatorTotals): Note[] => [...coverageNotes(totals), ...functionNotes(totals)];

/** Outside of this range the operators' times do not represent the prediction, and a note says so. */
const COVERAGE_RANGE = [0.9, 1.1] as const;
/** If profiled predictions take this many times as long as timed ones, the machine was busy with something else. */
const DISTURBED_RATIO = 1.5;

const covered = (part: number): boolean => part >= COVERAGE_RANGE[0] && part <= COVERAGE_RANGE[1];

function functionNotes({ samplingLack }: OperatorTotals): Note[] {
  if (samplingLack === null) return [];
  const text = `In which functions the time of the operators is cannot be told: ${samplingLack}.`;
  return [lack('kernel-functions', text)];
}

function coverageNotes({ coverage, profiledCoverage, onDevice, ms, profiledMs }: OperatorTotals): Note[] {
  if (coverage === null || covered(coverage)) return [];
  const isDisturbed = covered(profiledCoverage) && coverage > DISTURBED_RATIO;
  const why = covered(profiledCoverage)
    ? `the predictions of the profiling pass took ${profiledMs.toFixed(1)} ms, by its cost or because the machine was busier or calmer; shares and ratios are of that pass`
    : profiledCoverage < COVERAGE_RANGE[0]
      ? `they are ${percent(profiledCoverage)} of those that were profiled, and the rest is ${onDevice ? 'getting the work to the device and the result back' : 'outside of operators: the framework itself, copies, waiting'}`
      : `they are ${percent(profiledCoverage)} of those that were profiled, so operators ran side by side`;
  const note = isDisturbed ? warning : info;
  return [
    note(
      'kernel-coverage',
      `The times of the operators (${ms.toFixed(1)} ms) add up to ${percent(coverage)} of a timed prediction: ${why}.${isDisturbed ? ' That far apart they tell little of the latency that is quoted: record again with nothing running beside it.' : ''}`,
    ),
  ];
}

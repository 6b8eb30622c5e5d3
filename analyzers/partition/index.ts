import { unknown } from '../../src/fact.js';
import { percent } from '../../src/view/format.js';
import { activities } from '../activity/callStacks.js';
import { gpuRealmsOnTrace } from '../activity/gpu/realm.js';
import { wasmFunctions } from '../activity/polling.js';
import { wasmParts } from '../activity/wasmParts.js';
import { bundle, fact, type Get, trace } from '../input.js';
import { ownProfile } from '../operators/ortProfile.js';
import { info, type Note, question, warning } from '../question.js';
import { glueUse } from '../runtime/glue.js';
import { windows } from '../windows/index.js';
import { contention, gpu } from './causes/index.js';
import { type Evidence, evidence } from './evidence.js';
import { outliersOf } from './outliers.js';
import { outliersText } from './outliersText.js';
import { partitionWindows } from './partition.js';
import { longerSplit, type SplitWindow, split, typicalSplit } from './splitWindows.js';
import { typicalWindow } from './timeline.js';
import { rangeText, uncertainCauses } from './uncertainCauses.js';
import { view } from './view.js';

const parts = fact('partition', (get) =>
  partitionWindows(get(trace), get(split), get(typicalSplit), get(windows).source, evidenceIn(get)),
);

const evidenceIn = (get: Get): ((those: readonly SplitWindow[]) => Evidence) => {
  const realms = get(gpuRealmsOnTrace);
  return (those) => evidence(get(trace), those, get(wasmFunctions), get(activities), realms, get(wasmParts));
};

const outliers = fact('outliers', (get) => {
  const [longer, typical] = [get(longerSplit), get(typicalSplit)];
  const scripts = (those: readonly SplitWindow[]) => glueUse(get(trace), those, get(activities))?.functions ?? [];
  return longer.length === 0
    ? null
    : outliersOf(longer, typical, get(split).windows.length, evidenceIn(get)(longer), scripts(longer), scripts(typical));
});

const uncertain = fact('uncertainCauses', (get) =>
  uncertainCauses(get(trace), get(typicalSplit), get(activities), get(wasmParts)),
);

/** Ends with the reason where the trace is a profile of operators alone. */
function holdsCauses(get: Get): void {
  if (get.maybe(ownProfile) === null) return;
  unknown(
    'own-profile',
    'This is a profile that ONNX Runtime wrote itself: it tells how long each operator took, and not what that time was spent on. For that, record the page with "trace collect <url>".',
  );
}

/** Whether executing code can be told apart; unknown without CPU samples. */
export const samples = fact('samples', (get) => {
  holdsCauses(get);
  return get(trace).tables.samples.length > 0
    ? true
    : unknown(
        'no-samples',
        'The trace has no CPU samples (disabled-by-default-v8.cpu_profiler), so executing code cannot be told apart.',
      );
});

const threadTimes = fact('threadTimes', (get) => {
  const all = get(split).windows;
  holdsCauses(get);
  return all.length === 0 || all.some(({ hasThreadTimes }) => hasThreadTimes)
    ? true
    : unknown('no-thread-times', 'The trace has no thread times, so being preempted cannot be told from running.');
});

const MUCH_UNEXPLAINED = 0.01;

const offCpuKnown = fact('offCpuKnown', (get) => {
  const { windows: all } = get(split);
  const totalUs = all.reduce((sum, { window }) => sum + window.endUs - window.startUs, 0);
  const share = all.reduce((sum, { unexplainedUs }) => sum + unexplainedUs, 0) / totalUs;
  return share > MUCH_UNEXPLAINED
    ? unknown(
        'off-cpu-unexplained',
        `For ${percent(share)} of the windows’ time their thread was off the CPU, and without the scheduler’s figures nothing shows whether it lacked a core or slept in a call: this time counts for what it was doing.`,
      )
    : true;
});

const coresKnown = fact('coresKnown', (get) => {
  const preempted = get(parts).causes.find(({ id }) => id === contention.preempted.id)?.share ?? 0;
  return preempted > MUCH_UNEXPLAINED && !get.input.scheduling
    ? unknown(
        'no-scheduling',
        'Scheduling of threads was not recorded: what counts as preempted may in part be waiting for a lock, and who had the core is not known.',
      )
    : true;
});

const gpuService = fact('gpuService', (get) =>
  get(split).isGpuHidden
    ? unknown(
        'gpu-process-hidden',
        'The trace does not show how the GPU process takes up the page’s commands (category gpu, with flows), so what the page waits for there is unattributed.',
      )
    : true,
);

const deviceTimes = fact('deviceTimes', (get) => {
  const { windows: all, gpu: timelines } = get(split);
  const waits = all.some(({ window, split: times }) => {
    const timeline = timelines.get(window.thread);
    return timeline && !timeline.isDeviceTimed && times[gpu.execute.id] > 0;
  });
  return waits
    ? unknown(
        'no-device-times',
        'The recording has no times of the device: waiting for its answer counts as computing, and what one inference waits longer than is usual is unattributed.',
      )
    : true;
});

/** What the time of a window is spent on. */
export const partition = question({
  facts: {
    partition: parts,
    /** What inferences have more of that take markedly longer than most; null where there are none. */
    outliers,
    /** What of the instructions' causes rests on assumptions about loops; null where nothing does. */
    uncertainCauses: uncertain,
    timeline: fact('timeline', (get) => typicalWindow(get(trace), get(split))),
  },
  helpedBy: [samples, threadTimes, offCpuKnown, coresKnown, gpuService, deviceTimes],
  notes: (get) => [...unattributed(get), ...ownerNotSampled(get), ...slowPredictions(get), ...uncountedLoops(get)],
  view,
});

const MANY_UNATTRIBUTED = 0.1;

function unattributed(get: Get): Note[] {
  const share = get.maybe(parts)?.unattributedShare ?? 0;
  if (share <= MANY_UNATTRIBUTED || get.maybe(ownProfile)) return [];
  return [
    warning('unattributed', `${percent(share)} of the windows’ time is unattributed: the shares of the causes are lower bounds.`),
  ];
}

function slowPredictions(get: Get): Note[] {
  const found = get.maybe(outliers);
  return found ? [info('slow-predictions', `${outliersText(found)}.`)] : [];
}

const MUCH_UNCOUNTED = 0.05;

function uncountedLoops(get: Get): Note[] {
  const found = get.maybe(uncertain);
  if (!found || found.uncounted < MUCH_UNCOUNTED) return [];
  return [
    info(
      'loops-uncounted',
      `Wasm functions that take ${percent(found.uncounted)} of the windows’ time have loops of several classes, and which of them run was not counted: the time counts for the class that their code looks like. Of all time, ${found.causes.map(rangeText).join(', ')}.`,
    ),
  ];
}

function ownerNotSampled(get: Get): Note[] {
  if (get.maybe(samples) === null || get.maybe(parts)?.samples !== 0) return [];
  const sampling = get.maybe(bundle)?.collectors.samples?.detail;
  const detail = sampling ? ` Of the sampling it is said: ${sampling}.` : '';
  return [
    warning(
      'owner-not-sampled',
      `There are CPU samples, and none of the thread that infers, so executing code cannot be told apart there.${detail}`,
    ),
  ];
}

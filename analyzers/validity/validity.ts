import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import type { Interval } from '../../src/stats/interval.js';
import { formatCi95, formatMs, formatName, formatPlural, formatRatio, formatShare, formatTiny } from '../../src/view/format.js';
import { gpuDevice, gpuStoodIdle } from '../gpu/words.js';
import { modesText, tracedModeText } from '../latency/modes.js';
import { outputAgrees } from '../outputs/view.js';
import { contention } from '../partition/causes/index.js';
import { outliersText } from '../partition/outliersText.js';
import type { Seen } from '../steps/seen.js';
import { formatConfidence } from '../windows/confidence.js';
import { FEW_INFERENCES, GUESS, levelOf, RUINED, SURE, thresholds, UNKNOWN_HOLDER } from './thresholds.js';

/** Whether the figures of an analysis are those of what was to be measured. */
export interface Validity {
  /** `good`; `fair`: to be taken with care; `void`: not a valid measurement. The worst of the reasons' levels. */
  readonly verdict: 'good' | 'fair' | 'void';
  /** Worst first. */
  readonly reasons: readonly ValidityReason[];
}

export interface ValidityReason {
  /** Stable; the same as that of a note on the same matter, where there is one. */
  readonly id: string;
  readonly level: 'fair' | 'void';
  /** A sentence with its figure, and what to do about it. May hold names from outside: untrusted. */
  readonly text: string;
}

/** How the recording went, beside what was found in it. */
export interface Recorded {
  /** Chrome says that events of its trace are missing. */
  readonly dataLoss: boolean;
  /** The trace was recorded and lost. Null: it was not. Untrusted text. */
  readonly traceLost: string | null;
}

/** @returns null where nothing was timed and no inference was looked for, as of a trace of something else */
export function validityOf(seen: Seen, recorded: Recorded): Validity | null {
  if (!seen.latency && !seen.partition && !seen.page && !seen.run) return null;
  const reasons = RULES.flatMap((rule) => rule(seen, recorded) ?? []);
  const worst = (level: ValidityReason['level']): ValidityReason[] => reasons.filter((reason) => reason.level === level);
  const sorted = [...worst('void'), ...worst('fair')];
  return { verdict: sorted[0]?.level ?? 'good', reasons: sorted };
}

type Rule = (seen: Seen, recorded: Recorded) => ValidityReason | readonly ValidityReason[] | null;

const reason = (id: string, level: ValidityReason['level'] | null, text: string): ValidityReason[] =>
  level === null ? [] : [{ id, level, text }];

const NAMED = 3;

const outputsDiffer: Rule = ({ outputs }) => {
  if (!outputs || outputs.match) return null;
  const bad = outputs.outputs.filter((output) => !outputAgrees(output, outputs.tolerance));
  const worst = bad.slice(0, NAMED).map(({ name, problem, maxRelativeDifference }) => {
    const what = problem === null ? `by ${formatTiny(maxRelativeDifference)} of its largest value` : formatName(problem, 80);
    return `${formatName(name)} ${what}`;
  });
  const where = worst.length > 0 ? ` (${worst.join('; ')}; tolerance ${formatTiny(outputs.tolerance)})` : '';
  return reason(
    'outputs-differ',
    'void',
    `The browser computes something else than native${where}. The two latencies are not of the same work.`,
  );
};

const nothingFound: Rule = ({ page, latency, inferences }) =>
  page && !latency && (inferences?.count ?? 0) === 0
    ? reason('no-inferences', 'void', 'No inference was found in the page, so nothing is measured of one.')
    : null;

const hasNothingTimed = ({ run, latency }: Seen): boolean => run !== null && !latency?.prediction && !latency?.traced.prediction;

const nothingTimed: Rule = (seen) => (hasNothingTimed(seen) ? reason('nothing-timed', 'void', 'No prediction was timed.') : null);

const gpuDidNotRun: Rule = (seen) => {
  const ran = gpuDevice(seen);
  return ran && gpuStoodIdle(seen)
    ? reason(
        'gpu-never-ran',
        'void',
        `${ran.api} was asked for, but the page handed the GPU no work in predictions: the GPU did not run, and the latency is that of something else.`,
      )
    : null;
};

const gpuLost: Rule = ({ gpu }) => {
  const losses = gpu?.losses ?? [];
  return losses.length === 0
    ? null
    : reason(
        'gpu-lost',
        'fair',
        `The GPU was lost ${formatPlural(losses.length, 'time')} (${formatName(losses[0]!, 120)}): numbers after that are not of it.`,
      );
};

const incomplete: Rule = (seen) => {
  const { source } = seen;
  if (source.complete) return null;
  const text =
    source.kind === 'bundle'
      ? 'Collecting did not finish: this bundle is incomplete, and the numbers are of what it holds.'
      : 'The trace is cut: it ends before its end was written, and the numbers are of what it holds.';
  return reason(source.kind === 'bundle' ? 'incomplete' : 'trace-cut', hasNothingTimed(seen) ? 'void' : 'fair', text);
};

const QUIETER = 'Record again with nothing else running.';

const fewer = ({ page }: Seen): string =>
  `Record ${page ? 'for a shorter time' : 'fewer predictions (--iterations)'}, with nothing else running.`;

const timedPrediction = ({ latency }: Seen) => latency?.prediction ?? latency?.traced.prediction ?? null;

/** Whether more predictions are wanted, so that fewer are no advice. */
function tooFew(seen: Seen): boolean {
  const prediction = timedPrediction(seen);
  if (!prediction || prediction.n < FEW_INFERENCES) return true;
  const [low, high] = prediction.ci95Ms;
  return !((high - low) / prediction.medianMs < thresholds.width.fair);
}

/** What was lost of the trace; of a page all figures come from it, of a run its causes. */
const lostTrace: Rule = (seen, { dataLoss, traceLost }) => [
  ...(traceLost === null
    ? []
    : reason('trace-lost', seen.page ? 'void' : 'fair', `The trace was lost: ${formatName(traceLost, 200)}`)),
  ...(dataLoss
    ? reason(
        'data-loss',
        'fair',
        `Events of the trace are missing, as its buffer overflowed or the machine was too busy. ${tooFew(seen) ? QUIETER : fewer(seen)}`,
      )
    : []),
];

/**
 * Others had the core. What the page's own threads took is its way to compute, and a step; what the browser's other processes took
 * comes with this page, too. Where the typical inferences were left alone and many others were not, that is told as well.
 */
const preempted: Rule = ({ partition, outliers, cores }) => {
  if (!partition) return null;
  const isByOthers = cores === null || (cores.othersMs ?? 0) >= Math.max(cores.pageMs, cores.browserMs);
  const levelFor = (share: number) => levelOf(share * (cores === null ? UNKNOWN_HOLDER : 1), thresholds.preempted);
  const [typical, all] = [preemptedShare(partition.causes), preemptedShare(partition.allWindows.causes)];
  const isInMany = (outliers?.windows ?? 0) >= thresholds.outliers.fair * partition.windows;
  const isRuined = (outliers?.windows ?? 0) >= RUINED * partition.windows;
  const ofAll = isRuined ? levelFor(all) : levelFor(all) && 'fair';
  const [share, level] =
    isInMany && levelFor(typical) !== 'void' ? ([all, ofAll] as const) : ([typical, levelFor(typical)] as const);
  return reason(
    'preempted',
    isByOthers || level === null ? level : 'fair',
    `For ${formatShare(share)} of the inferences’ time their thread had no core${cores === null ? '' : `, which ${holders(cores)} had`}.${isByOthers ? ' Quiet the machine and record again.' : ''}`,
  );
};

const preemptedShare = (causes: readonly { readonly id: string; readonly share: number }[]): number =>
  causes.find(({ id }) => id === contention.preempted.id)?.share ?? 0;

function holders({ pageMs, browserMs, othersMs }: NonNullable<Seen['cores']>): string {
  const most = Math.max(pageMs, browserMs, othersMs ?? 0);
  if (othersMs === most) return 'other programs';
  return browserMs === most ? 'the browser’s other processes' : 'the page’s own threads';
}

/** What ran right before may have ended. Where the inferences hardly lacked a core, it did, or left enough. */
const busy: Rule = ({ run, machine, partition }) => {
  // Of a page it is measured while its own browser begins, or the page runs already.
  if (!run || !machine || machine.busyCores === null) return null;
  // As `isBusy`, which the note follows: what is just at the threshold is not yet busy.
  const level =
    machine.busyCores > thresholds.busy.fair * machine.cores ? levelOf(machine.busyCores / machine.cores, thresholds.busy) : null;
  const lacked = Math.max(...[partition?.causes, partition?.allWindows.causes].map((causes) => preemptedShare(causes ?? [])));
  return reason(
    'busy-machine',
    partition && lacked < thresholds.preempted.fair && level === 'void' ? 'fair' : level,
    `Other programs had ${machine.busyCores.toFixed(1)} of the machine’s ${machine.cores} cores right before the run began: times are longer than on a quiet machine and may not repeat.`,
  );
};

const wide: Rule = (seen, { dataLoss }) => {
  const { page } = seen;
  const prediction = timedPrediction(seen);
  if (!prediction) return null;
  const { medianMs, ci95Ms, n } = prediction;
  const longer = page
    ? 'Record for longer, on a quieter machine.'
    : 'Time more predictions (--iterations), on a quieter machine.';
  // A longer trace would lose more of its events.
  const more = dataLoss ? QUIETER : longer;
  if (page && n < FEW_INFERENCES)
    return reason(
      'few-inferences',
      'fair',
      `${formatPlural(n, 'inference')} after the first: too few to know how long the next one takes. ${more}`,
    );
  return widthReason('wide-interval', 'The latency', medianMs, ci95Ms, more);
};

/** The browser's figures stand; only the ratio does not. */
const noisyNative: Rule = ({ gap }) =>
  gap
    ? widthReason('native-noise', 'The native run', gap.nativeMs, gap.nativeCi95Ms, 'The ratio to it is as uncertain.').map(
        (one) => ({ ...one, level: 'fair' as const }),
      )
    : null;

function widthReason(id: string, what: string, ms: number, ci95Ms: Interval, more: string): ValidityReason[] {
  if (!ci95Ms.every(Number.isFinite))
    return reason(id, 'fair', `${what} is ${formatMs(ms)} with no interval: too little was measured. ${more}`);
  const level = ms > 0 ? levelOf((ci95Ms[1] - ci95Ms[0]) / ms, thresholds.width) : null;
  const wide = level === 'void' ? 'an interval that is wider than the value' : 'a wide interval';
  return reason(id, level, `${what} is ${formatMs(ms)} (${formatCi95(ci95Ms, ms)}), ${wide}. ${more}`);
}

const fewProcesses: Rule = ({ run, gap }) =>
  run && run.replicates > 0 && !enoughReplicates(run.replicates) && (gap?.effects.length ?? 0) === 0
    ? reason(
        'few-processes',
        'fair',
        `Predictions were timed in ${formatPlural(run.replicates, 'process')}, and intervals need 3: they do not hold how one process differs from the next.`,
      )
    : null;

const modes: Rule = ({ latency }) => {
  const text = latency && modesText(latency);
  return text
    ? reason(
        'two-modes',
        'fair',
        [
          `There are two modes, by process: ${text}. The median that is quoted is between them, and hardly a prediction took that long.`,
          tracedModeText(latency) ?? '',
        ]
          .join(' ')
          .trim(),
      )
    : null;
};

const observer: Rule = ({ latency }) => {
  const effect = latency?.observerEffect ?? null;
  if (effect === null || !(effect > 0)) return null;
  const level = levelOf(Math.max(effect, 1 / effect), thresholds.observer);
  return reason(
    'observer-effect',
    level,
    effect > 1
      ? `Predictions under the trace took ${formatRatio(effect)} those without: causes are of slower ones than the latency that is quoted.`
      : `Predictions without the trace took ${formatRatio(1 / effect)} those under it: the machine was busier then, and the latency that is quoted is of that.`,
  );
};

const unsure: Rule = ({ inferences, page }) => {
  const { confidence = null, count = 0 } = inferences ?? {};
  if (!page || confidence === null || count === 0) return null;
  return reason(
    'inferences-unsure',
    confidence < GUESS ? 'void' : confidence < SURE ? 'fair' : null,
    `The inferences are a guess (confidence ${formatConfidence(confidence)}). ${inferences?.confidenceWhy ?? ''}`.trim(),
  );
};

const unattributed: Rule = ({ partition, kernelTotals }) => {
  const share = partition?.unattributedShare ?? 0;
  // A profile of operators alone has no causes.
  if (kernelTotals?.ownProfile) return null;
  return reason(
    'unattributed',
    share > thresholds.unattributed.fair ? levelOf(share, thresholds.unattributed) : null,
    `${formatShare(share)} of the inferences’ time is unattributed: the shares of the causes are lower bounds.`,
  );
};

/** What is told of a prediction is of the typical ones: with many others it is of fewer than it seems. */
const manyOutliers: Rule = ({ outliers }) =>
  outliers
    ? reason(
        'slow-predictions',
        levelOf(outliers.windows / outliers.of, thresholds.outliers),
        `${outliersText(outliers)}. Causes are of the typical ones.`,
      )
    : null;

const RULES: readonly Rule[] = [
  outputsDiffer,
  nothingFound,
  // It is the reason of what follows.
  incomplete,
  nothingTimed,
  gpuDidNotRun,
  lostTrace,
  preempted,
  busy,
  wide,
  noisyNative,
  observer,
  unsure,
  modes,
  gpuLost,
  fewProcesses,
  manyOutliers,
  unattributed,
];

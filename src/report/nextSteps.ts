import type { Analysis } from '../../analyzers/index.js';
import type { PageFacts } from '../../analyzers/recording/describe.js';
import { inertText } from '../text/inertText.js';
import { formatMs, formatRatio, formatShare } from '../view/format.js';
import { gpuNextSteps, MUCH_COMPILING, type NextStep } from './gpuNextSteps.js';
import { gpuDevice } from './gpuWords.js';

export type { NextStep } from './gpuNextSteps.js';

/** What would make the answer better, most useful first. */
export function nextSteps(analysis: Analysis): readonly NextStep[] {
  return RULES.flatMap((rule) => rule(analysis) ?? []);
}

type Rule = (analysis: Analysis) => NextStep | readonly NextStep[] | null;

/** From here on it is worth saying what an inference is. */
const UNSURE = 0.7;

/** The command that watches such a page again. */
const watch = ({ opened }: PageFacts): string => (opened === 'attached' ? 'trace collect --attach' : 'trace collect <url>');

const chooseWindows: Rule = ({ partition, trace, page, inferences }) => {
  if (partition) {
    if (!page || (inferences?.confidence ?? 1) >= UNSURE) return null;
    if (page.fromStart)
      return {
        text: 'The inferences are a guess. Record for longer, or put performance.measure() around one in the page and name it.',
        command: `${watch(page)} --mark <name>`,
      };
    return {
      text: 'The inferences are a guess. Put performance.measure() around one in the page and name it, or let the page load anew with hooks.',
      command: `${watch(page)} --reload`,
    };
  }
  if (trace && trace.measures.length > 0) {
    return {
      text: 'Name the performance.measure() that spans one inference; its intervals become the windows.',
      command: `trace analyze <trace> --mark ${markArgument(trace.measures[0]!.name)}`,
    };
  }
  return {
    text: 'Put performance.measure() around one inference in the page, record again, and name it.',
    command: 'trace analyze <trace> --mark <name>',
  };
};

const collectBundle: Rule = ({ source }) =>
  source.kind === 'bundle'
    ? null
    : {
        text: 'A trace alone has no timing pass, no module bytes and no native baseline; a bundle of the same model has them.',
        command: 'trace collect --model <model.onnx>',
      };

/** ONNX Runtime’s session option allow_spinning has no effect in a page. https://github.com/microsoft/onnxruntime/pull/18480 */
const heedSpinning: Rule = ({ partition, run }) => {
  const spin = partition?.causes.find((cause) => cause.id === 'contention.spin');
  if (!spin || spin.share < 0.05) return null;
  const instead =
    run?.framework === 'ort'
      ? ' In onnxruntime-web a page cannot switch that off, since the pool is the environment’s: try fewer threads, or another framework.'
      : '';
  return { text: `Threads burn CPU while they wait for ${formatShare(spin.share)} of the time.${instead}`, command: null };
};

const moreIterations: Rule = ({ latency, page }) => {
  const prediction = latency?.prediction;
  if (!prediction || (prediction.ci95Ms[1] - prediction.ci95Ms[0]) / prediction.medianMs <= 0.2) return null;
  if (page) {
    return {
      text: 'The interval of the latency is wide. A longer recording on a quieter machine narrows it.',
      command: `${watch(page)} --duration 60s`,
    };
  }
  return {
    text: 'The interval of the latency is wide. More iterations on a quieter machine narrow it.',
    command: `trace collect … --iterations ${Math.max(50, prediction.n * 4)}`,
  };
};

/** Wasm has no wider vectors than 128 bits, and fused multiply-add only as relaxed SIMD. https://github.com/WebAssembly/relaxed-simd */
const useRelaxed: Rule = ({ partition, machine, wasm }) => {
  const simd = partition?.causes.find((cause) => cause.id === 'isa.simd128');
  const relaxed = wasm?.modules.some((module) => module.features?.includes('relaxed-simd'));
  if (!simd || simd.share < 0.2 || relaxed || !machine?.vectorFeatures?.includes('fma')) return null;
  return {
    text: `${formatShare(simd.share)} of the time goes to 128-bit vectors without fused multiply-add, which this CPU has: a build with relaxed SIMD could use it.`,
    command: null,
  };
};

const vectorize: Rule = ({ partition, wasm }) => {
  const scalar = partition?.causes.find((cause) => cause.id === 'isa.scalar');
  const top = wasm?.functions.find((fn) => fn.cause === 'isa.scalar');
  if (!scalar || scalar.share < 0.15 || !top) return null;
  return {
    text: `${formatShare(scalar.share)} of the time goes to functions without vector loops, most of all ${inertText(top.name, 60)}: which operator calls it, and has it a vectorized kernel?`,
    command: null,
  };
};

/** From here on a task counts as long. https://www.w3.org/TR/longtasks-1/ */
const LONG_TASK_MS = 50;

const leaveMainThread: Rule = ({ run, latency, page, inferences, partition }) => {
  const isOnMain = inferences?.threads.some((thread) => thread.startsWith('CrRendererMain'));
  const computes = partition?.causes.reduce((sum, { id, share }) => sum + (id.startsWith('isa.') ? share : 0), 0) ?? 0;
  // Of a page that waits for the GPU the main thread is free meanwhile.
  if (page && isOnMain && computes > 0.5 && latency?.prediction && latency.prediction.medianMs > LONG_TASK_MS) {
    return {
      text: `Each inference blocks the page’s main thread for ${formatMs(latency.prediction.medianMs)}, in which it cannot respond. Move it to a worker.`,
      command: null,
    };
  }
  return run?.on === 'main' && latency?.prediction && latency.prediction.medianMs > LONG_TASK_MS
    ? {
        text: `Each prediction blocks the page’s main thread for ${formatMs(latency.prediction.medianMs)}, in which it cannot respond. In a worker it would not.`,
        command: 'trace collect … --on worker',
      }
    : null;
};

const getCores: Rule = (analysis) => {
  const { partition, run, machine } = analysis;
  const preempted = partition?.causes.find((cause) => cause.id === 'contention.preempted');
  if (!preempted || preempted.share < 0.1) return null;
  const fewer =
    run && machine && run.threads >= machine.cores && run.threads > 1 ? `, or try fewer than ${run.threads} threads` : '';
  const device = gpuDevice(analysis);
  const renderer = device?.software ? ` ${device.name} computes on the same cores, and may be what took them.` : '';
  return {
    text: `For ${formatShare(preempted.share)} of the time the thread had no core, because others were running.${renderer} Quiet the machine${fewer}.`,
    command: null,
  };
};

const letCompile: Rule = ({ partition, page }) => {
  const blocked = partition?.causes.find((cause) => cause.id === 'contention.lock');
  if (!blocked || blocked.share < 0.1) return null;
  const longer = page ? ' Record for longer, so that what runs after it counts.' : '';
  return {
    text: `For ${formatShare(blocked.share)} of the time the thread slept for a lock inside the browser, most likely while code was compiled beside it.${longer}`,
    command: null,
  };
};

const warmUpEarly: Rule = ({ latency, partition }) => {
  const { warmupMs, prediction } = latency ?? {};
  // Of a GPU run that compiles, `gpuNextSteps` says it with its cause.
  if (partition?.warmup?.some(({ id, share }) => id === 'gpu.compile' && share >= MUCH_COMPILING)) return null;
  if (!warmupMs || !prediction || warmupMs < 2 * prediction.medianMs) return null;
  return {
    text: `The first inference takes ${formatMs(warmupMs)}, ${formatRatio(warmupMs / prediction.medianMs)} a later one: run one before the user waits for it.`,
    command: null,
  };
};

const climbLadder: Rule = ({ gap, run }) => {
  if (!gap || gap.effects.length > 0) return null;
  if (run) {
    const text = 'What single factors contribute to the gap is not measured yet; a ladder takes one away at a time.';
    return { text, command: 'trace collect … --ladder' };
  }
  return {
    text: 'What single factors contribute to the gap takes a run of the same model that the tool drives itself, with a ladder.',
    command: 'trace collect --model … --ladder',
  };
};

/** Effects that whoever made the page can do away with. */
const IN_ONES_POWER = new Set(['isa.simd', 'gpu.webgl', 'contention.page']);

/** Of what was measured in the browser and can be changed there, that which gains most. */
const takeGain: Rule = ({ gap }) => {
  if (!gap) return null;
  const gains = [
    ...gap.effects.filter(({ id, ci95Ms }) => IN_ONES_POWER.has(id) && ci95Ms[0] > 0),
    // Nobody chooses the baseline tier.
    ...gap.beside.filter(({ id, ci95Ms }) => id !== 'tier.baseline' && ci95Ms[1] < 0),
  ];
  const largest = gains.sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms))[0];
  return largest ? { text: inertText(largest.advice, 300), command: null } : null;
};

/** The effect that costs most and that somebody measured to be there. */
const heedLadder: Rule = ({ gap }) => {
  const certain = gap?.effects.filter(({ id, ci95Ms }) => ci95Ms[0] > 0 && !IN_ONES_POWER.has(id)) ?? [];
  const largest = [...certain].sort((a, b) => b.ms - a.ms)[0];
  return largest
    ? {
        text: `${inertText(largest.title)}, ${formatMs(largest.ms)} of the gap. ${inertText(largest.advice, 300)}`,
        command: null,
      }
    : null;
};

const RULES: readonly Rule[] = [
  chooseWindows,
  takeGain,
  gpuNextSteps,
  heedLadder,
  heedSpinning,
  getCores,
  letCompile,
  vectorize,
  useRelaxed,
  leaveMainThread,
  warmUpEarly,
  moreIterations,
  climbLadder,
  collectBundle,
];

/** A name from a page goes into a command that people paste into a shell only if it is plain; else the placeholder stays. */
function markArgument(name: string): string {
  if (!/^\w[\w .:/-]{0,60}$/.test(name)) return '<name>';
  return /[ ]/.test(name) ? `'${inertText(name)}'` : inertText(name);
}

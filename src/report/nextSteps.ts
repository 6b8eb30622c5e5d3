import { isRemovable } from '../../analyzers/gap/effects.js';
import type { Analysis } from '../../analyzers/index.js';
import { deniedRequests } from '../../analyzers/pageState/gpuRequests.js';
import { LONG_TASK_MS } from '../../analyzers/pageState/mainThread.js';
import { requestTitle } from '../../analyzers/pageState/stateText.js';
import { freeAdvice } from '../../analyzers/pageState/words.js';
import type { PageFacts } from '../../analyzers/recording/describe.js';
import { recurs } from '../../analyzers/windows/setUps.js';
import { inertText } from '../text/inertText.js';
import { formatMs, formatRatio } from '../view/format.js';
import { causeAdvice, warmupAdvice } from './causeAdvice.js';
import { gpuNextSteps, type NextStep } from './gpuNextSteps.js';

export type { NextStep } from './gpuNextSteps.js';

/** What would make the answer better, most useful first. */
export function nextSteps(analysis: Analysis): readonly NextStep[] {
  return RULES.flatMap((rule) => rule(analysis) ?? []);
}

type Rule = (analysis: Analysis) => NextStep | readonly NextStep[] | null;

/** Below this confidence, a step advises to mark inferences. */
const MIN_CONFIDENCE = 0.7;

/** The command that watches such a page again. */
const watchCommand = ({ opened }: PageFacts): string =>
  opened === 'attached' ? 'trace collect --attach' : 'trace collect <url>';

const chooseWindows: Rule = ({ partition, trace, page, inferences, commandToFind }) => {
  if (partition) {
    if (!page || (inferences?.confidence ?? 1) >= MIN_CONFIDENCE) return null;
    if (page.fromStart)
      return {
        text: 'The inferences are a guess. Record for longer, or put performance.measure() around one in the page and name it.',
        command: `${watchCommand(page)} --mark <name>`,
      };
    return {
      text: 'The inferences are a guess. Put performance.measure() around one in the page and name it, or let the page load anew with hooks.',
      command: `${watchCommand(page)} --reload`,
    };
  }
  if (commandToFind !== null) {
    const text = commandToFind.startsWith('trace analyze')
      ? 'Name the performance.measure() that spans one inference; its intervals become the windows.'
      : 'Record for longer, or put performance.measure() around one inference in the page.';
    return { text, command: commandToFind };
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

const moreIterations: Rule = ({ latency, page }) => {
  const prediction = latency?.prediction;
  if (!prediction || (prediction.ci95Ms[1] - prediction.ci95Ms[0]) / prediction.medianMs <= 0.2) return null;
  if (page) {
    return {
      text: 'The interval of the latency is wide. A longer recording on a quieter machine narrows it.',
      command: `${watchCommand(page)} --duration 60s`,
    };
  }
  return {
    text: 'The interval of the latency is wide. More iterations on a quieter machine narrow it.',
    command: `trace collect … --iterations ${Math.max(50, prediction.n * 4)}`,
  };
};

/** Whatever takes the time, what a user of the page feels is that it does not respond. */
const unblockPage: Rule = ({ mainThread }) =>
  mainThread?.infers && mainThread.blockedMedianMs > 0
    ? {
        text: `Each inference blocks the page’s main thread for ${formatMs(mainThread.blockedMedianMs)}, in which it cannot respond. Move it to a worker.`,
        command: null,
      }
    : null;

const findGpu: Rule = ({ gpuRequests }) => {
  const denied = deniedRequests(gpuRequests ?? [])[0];
  return denied
    ? {
        text: `The page got no ${requestTitle(denied)}, so it computes on something else. Open chrome://gpu in this browser: it says why.`,
        command: null,
      }
    : null;
};

const freeMemory: Rule = ({ inferenceMemory }) =>
  (inferenceMemory ?? []).flatMap((one) => (one.growth ? [{ text: freeAdvice(one, one.growth), command: null }] : []));

const moveToWorker: Rule = ({ run, latency }) =>
  run?.on === 'main' && latency?.prediction && latency.prediction.medianMs > LONG_TASK_MS
    ? {
        text: `Each prediction blocks the page’s main thread for ${formatMs(latency.prediction.medianMs)}, in which it cannot respond. In a worker it would not.`,
        command: 'trace collect … --on worker',
      }
    : null;

const adviseOnCauses: Rule = (analysis) => causeAdvice(analysis).map((text) => ({ text, command: null }));

const warmUpEarly: Rule = (analysis) => {
  const { warmupMs, prediction } = analysis.latency ?? {};
  // Where a cause takes much of the warm-up, `gpuNextSteps` gives the same advice with that cause.
  if (warmupAdvice(analysis).length > 0) return null;
  if (!warmupMs || !prediction || warmupMs < 2 * prediction.medianMs) return null;
  return {
    text: `The first inference takes ${formatMs(warmupMs)}, ${formatRatio(warmupMs / prediction.medianMs)} a later one: run one before the user waits for it.`,
    command: null,
  };
};

const recordLadder: Rule = ({ gap, run }) => {
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

/** Of the changes that were measured and can be made in the browser, the one that gains most. */
const suggestLargestGain: Rule = ({ gap }) => {
  if (!gap) return null;
  const gains = [
    ...gap.effects.filter((effect) => isRemovable(effect) && effect.ci95Ms[0] > 0),
    // The baseline tier alone is never a choice.
    ...gap.beside.filter(({ id, ci95Ms }) => id !== 'tier.baseline' && ci95Ms[1] < 0),
  ];
  const largest = gains.sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms))[0];
  return largest ? { text: inertText(largest.advice, 300), command: null } : null;
};

/** The largest effect that is certain and that the author of the page cannot simply remove. */
const adviseOnLargestEffect: Rule = ({ gap }) => {
  const certain = gap?.effects.filter((effect) => effect.ci95Ms[0] > 0 && !isRemovable(effect)) ?? [];
  const largest = [...certain].sort((a, b) => b.ms - a.ms)[0];
  return largest
    ? {
        text: `${inertText(largest.title)}, ${formatMs(largest.ms)} of the gap. ${inertText(largest.advice, 300)}`,
        command: null,
      }
    : null;
};

const isolatePage: Rule = ({ pageState }) =>
  pageState?.threads && pageState.headersMissing.length > 0
    ? {
        text: `Serve the page with ${pageState.headersMissing.join(' and ')}: it asked for ${pageState.threads.asked} threads and runs on ${pageState.threads.got}. What more threads gain here is not measured.`,
        command: null,
      }
    : null;

const keepSession: Rule = ({ setUps }) =>
  setUps && recurs(setUps)
    ? {
        text: `Create the session once and keep it: it is created ${setUps.count} times for ${setUps.runs} runs, and each time takes ${formatMs(setUps.medianMs)}, which a later run would be spared.`,
        command: null,
      }
    : null;

const RULES: readonly Rule[] = [
  isolatePage,
  findGpu,
  unblockPage,
  freeMemory,
  keepSession,
  chooseWindows,
  suggestLargestGain,
  gpuNextSteps,
  adviseOnLargestEffect,
  adviseOnCauses,
  moveToWorker,
  warmUpEarly,
  moreIterations,
  recordLadder,
  collectBundle,
];

/** Users paste the command into a shell. A name from a page goes into it only if it is plain; otherwise the placeholder stays. */
function markArgument(name: string): string {
  if (!/^\w[\w .:/-]{0,60}$/.test(name)) return '<name>';
  return /[ ]/.test(name) ? `'${inertText(name)}'` : inertText(name);
}

import type { Analysis } from '../../analyzers/analysis.js';
import { formatShare } from './format.js';
import { inertText } from './inertText.js';

/** One thing worth doing: why, and the command where there is one. */
export interface NextStep {
  readonly text: string;
  readonly command: string | null;
}

/** What would make the answer better, most useful first. */
export function nextSteps(analysis: Analysis): readonly NextStep[] {
  return RULES.flatMap((rule) => rule(analysis) ?? []);
}

type Rule = (analysis: Analysis) => NextStep | null;

const chooseWindows: Rule = ({ partition, trace }) => {
  if (partition) return null;
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
        text: 'A trace alone has no timing pass, no module bytes and no native baseline; collecting a bundle adds them.',
        command: 'trace collect <url> --mark <name> --baseline <model.onnx>',
      };

const addBaseline: Rule = ({ source, gap, latency }) =>
  source.kind === 'bundle' && latency && !gap
    ? {
        text: 'There is no native run to compare with; one of the same model file makes it a gap.',
        command: 'trace collect … --baseline <model.onnx>',
      }
    : null;

const stopSpinning: Rule = ({ partition, run }) => {
  const spin = partition?.causes.find((cause) => cause.id === 'contention.spin');
  if (!spin || spin.share < 0.05) return null;
  const option = run?.framework === 'ort' ? ' ONNX Runtime’s session option session.intra_op.allow_spinning: "0" stops it.' : '';
  return { text: `Threads burn CPU while they wait for ${formatShare(spin.share)} of the time.${option}`, command: null };
};

const moreIterations: Rule = ({ latency }) => {
  const prediction = latency?.prediction;
  if (!prediction || (prediction.ci95Ms[1] - prediction.ci95Ms[0]) / prediction.medianMs <= 0.2) return null;
  return {
    text: 'The interval of the latency is wide. More iterations on a quieter machine narrow it.',
    command: `trace collect … --iterations ${Math.max(50, prediction.n * 4)}`,
  };
};

const climbLadder: Rule = ({ gap }) =>
  gap && gap.effects.length === 0
    ? {
        text: 'What each factor contributes to the gap is not measured yet; a ladder takes one away at a time.',
        command: 'trace collect … --ladder',
      }
    : null;

const RULES: readonly Rule[] = [chooseWindows, stopSpinning, moreIterations, addBaseline, climbLadder, collectBundle];

/** A name from a page goes into a command that people paste into a shell only if it is plain; else the placeholder stays. */
function markArgument(name: string): string {
  if (!/^\w[\w .:/-]{0,60}$/.test(name)) return '<name>';
  return /[ ]/.test(name) ? `'${inertText(name)}'` : inertText(name);
}

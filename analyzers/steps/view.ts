import { type Column, type StepItem, steps as stepList, table } from '../../src/view/block.js';
import { formatBytes, formatCi95, formatMs, formatName, formatPlace } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { operatorKinds } from '../operators/kind.js';
import type { Doer } from '../partition/causes/cause.js';
import type { Refuted, Saving, Step, StepPlace } from './step.js';

/** What to do, as a list. */
export const view: View<{ readonly steps: readonly Step[] | null; readonly refuted: readonly Refuted[] | null }> = {
  id: 'steps',
  title: 'What to do',
  words: {
    Saves:
      'What a step saves of each prediction, or once. “At most”: a bound, such as the time above this machine’s roof. Measured: with and without it, in turn.',
    Roof: 'The least time of an operator at the peaks of arithmetic and memory that were measured on this machine in this browser.',
  },
  blocks: ({ steps, refuted }) => [
    ...(steps && steps.length > 0 ? [stepList(steps.map(itemOf))] : []),
    ...(refuted && refuted.length > 0 ? [table('Measured, and so no advice', refutedColumns, refuted)] : []),
  ],
  brief: () => [],
};

const refutedColumns: readonly Column<Refuted>[] = [
  { id: 'what', head: 'What would be done', kind: 'text', value: ({ title }) => title },
  { id: 'id', head: 'Id', kind: 'code', value: ({ id }) => id, in: ['data'] },
  { id: 'ratio', head: 'Of the page as used', kind: 'ratio', value: ({ ratio }) => ratio, ci95: ({ ratioCi95 }) => ratioCi95 },
  { id: 'why', head: 'Why it is no advice', kind: 'text', value: ({ why }) => why, note: ({ basis }) => basis },
];

const WHO: Readonly<Record<Doer, string>> = {
  you: 'you',
  framework: 'the framework’s authors',
  browser: 'the browser’s authors',
  machine: 'whoever runs this machine',
};

function itemOf({ title, saves, basis, who, where, action, evidence }: Step): StepItem {
  const places = [...new Set(where.map(placeText))].filter((text) => text !== '');
  return {
    title,
    saves: savingText(saves),
    who: WHO[who],
    basis,
    where: places.length > 0 ? places.join(', ') : null,
    command: action.command,
    code: action.code?.split('\n') ?? [],
    evidence,
  };
}

const OF: Readonly<Record<Saving['of'], string>> = {
  prediction: ' of each prediction',
  'slow prediction': ' of each slow prediction',
  use: ' of each use',
  blocking: ' of blocking each time',
  'warm-up': ' once',
  setup: ' of set-up',
  memory: ' with each inference',
};

/** "at most 10.3 ms of each prediction", "saves 22.8 ms (19.1–24.6) of each prediction", "not measured" */
export function savingText({ of, ms, ci95Ms, bytes, kind }: Saving): string {
  if (kind === 'not measured') return 'saving not measured';
  const amount = bytes === null ? formatMs(ms) : formatBytes(bytes);
  const interval = kind === 'measured' && ci95Ms !== null && ms !== null ? ` (${formatCi95(ci95Ms, ms)})` : '';
  return `saves ${kind === 'bound' ? 'at most ' : ''}${amount}${interval}${OF[of]}`;
}

/** "wasm-function[2415]", "rank, worker.js:7", "depthwise convolutions" */
function placeText({ operators, function: name, script, line }: StepPlace): string {
  if (line !== null && script !== null) {
    const at = formatPlace(script, line);
    return name === null ? at : `${formatName(name)}, ${at}`;
  }
  if (name !== null) return formatName(name);
  return operators !== null && Object.hasOwn(operatorKinds, operators)
    ? operatorKinds[operators as keyof typeof operatorKinds]
    : formatName(operators ?? '');
}

import { inertText } from '../../src/text/inertText.js';
import { type Block, type Column, type Line, table, valueLine } from '../../src/view/block.js';
import { formatMs, formatPlace, formatShare } from '../../src/view/format.js';
import type { Use, UseScript } from './use.js';

/** With less of a use around the model there is nothing to say. */
const WORTH_SAYING = 0.01;

/** "Of one use of 48.1 ms the model takes 62.0 %; before it 30.0 % (tokenize, app.js:12), after it 8.0 %." Null if the model takes nearly all. */
export function useSentence(use: Use | null): string | null {
  if (!isWorthSaying(use)) return null;
  const { pre, model, post } = partsOf(use);
  return `Of one use of ${formatMs(use.useMs)} the model takes ${model}; before it ${pre}, after it ${post}.`;
}

/** The same as a line of the terminal. */
export function useLines(use: Use | null): Line[] {
  if (!isWorthSaying(use)) return [];
  const { pre, model, post } = partsOf(use);
  return [valueLine('One use', formatMs(use.useMs), `model ${model} · before ${pre} · after ${post}`)];
}

const isWorthSaying = (use: Use | null): use is Use => use !== null && use.shares.pre + use.shares.post >= WORTH_SAYING;

/** The share of each part, and who takes most of it. */
function partsOf({ shares, scripts }: Use): { pre: string; model: string; post: string } {
  const part = (where: UseScript['where'], share: number): string => {
    const most = share >= WORTH_SAYING ? scripts.find((each) => each.where === where) : undefined;
    return `${formatShare(share)}${most ? ` (${inertText(most.function, 40)}, ${inertText(formatPlace(most.script, most.line), 60)})` : ''}`;
  };
  return { pre: part('before', shares.pre), model: formatShare(shares.model), post: part('after', shares.post) };
}

/** The parts of a use, and the page's functions in them. */
export function useBlocks(use: Use | null): Block[] {
  if (!use) return [];
  const { shares, ci95Ms } = use;
  const parts: readonly Part[] = [
    { part: 'Before the model', ms: use.preMs, ci95: ci95Ms?.pre ?? null, share: shares.pre },
    { part: 'The model', ms: use.modelMs, ci95: ci95Ms?.model ?? null, share: shares.model },
    { part: 'After it', ms: use.postMs, ci95: ci95Ms?.post ?? null, share: shares.post },
    { part: 'The whole use', ms: use.useMs, ci95: ci95Ms?.use ?? null, share: 1 },
  ];
  return [
    table('One use of the model: medians', partColumns, parts),
    ...(use.scripts.length > 0
      ? [table('The page’s own code around the model, by function: means per use', scriptColumns, use.scripts)]
      : []),
  ];
}

interface Part {
  readonly part: string;
  readonly ms: number;
  readonly ci95: readonly [number, number] | null;
  readonly share: number;
}

const partColumns: readonly Column<Part>[] = [
  { id: 'part', head: 'Part', kind: 'text', value: ({ part }) => part },
  { id: 'medianMs', head: 'Time', kind: 'ms', value: ({ ms }) => ms, ci95: ({ ci95 }) => ci95 },
  { id: 'share', head: 'Share of a typical use', kind: 'share', value: ({ share }) => share },
];

const scriptColumns: readonly Column<UseScript>[] = [
  {
    id: 'function',
    head: 'Function',
    kind: 'text',
    limit: 60,
    value: (row) => row.function,
    note: ({ isWasm }) => (isWasm ? 'other Wasm that it calls' : null),
  },
  { id: 'where', head: 'Of the model', kind: 'text', value: ({ where }) => where },
  { id: 'ms', head: 'Time', kind: 'ms', value: ({ ms }) => ms },
  { id: 'share', head: 'Share', kind: 'share', value: ({ share }) => share },
  {
    id: 'script',
    head: 'Script',
    kind: 'text',
    limit: 140,
    value: ({ script, line }) => (line === null ? script : `${script}:${line}`),
  },
];

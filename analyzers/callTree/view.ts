import { lastPart } from '../../src/text/lastPart.js';
import { type Column, type FlameTree, flame, paragraph, remark, type Table, table } from '../../src/view/block.js';
import { formatMs, formatPlural, formatShare } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { causeOf, causePaint } from '../partition/causes/index.js';
import type { CallTree, CallTreeNode, CallTrees } from './bounded.js';

/** Which functions called which, as a flame chart and as rows. */
export const view: View<{ readonly callTrees: CallTrees | null }> = {
  id: 'stacks',
  title: 'Call stacks',
  words: {
    'Flame chart':
      'Functions below those that call them, as wide as their time in a prediction; merged over its moments, so that left and right mean nothing.',
    'Own time': 'Time in a function itself, without what it calls; a colour says what it counts for.',
  },
  blocks({ callTrees }) {
    if (!callTrees) return [];
    const { typical, all, window } = callTrees;
    const isAll = typical.windows === all.windows;
    const those = isAll ? formatPlural(all.windows, 'window') : formatPlural(typical.windows, 'typical window');
    const trees = [
      ...(typical.windows > 1 ? [treeOf(isAll ? `All ${those}` : those, typical)] : []),
      ...(isAll ? [] : [treeOf(`All ${formatPlural(all.windows, 'window')}`, all)]),
      treeOf('One window', window),
    ];
    return [
      paragraph(
        `What was on the thread’s stack, from the outermost function down, by the CPU samples: ${formatMs(typical.windowMs)} at the mean of ${those}. Time is split as into causes, and what is no function stands by its name. “One window” is that of median length.`,
      ),
      flame(altOf(typical), trees),
      ...(typical.prunedFunctions > 0 ? [remark(prunedText(typical))] : []),
      tableOf(typical),
    ];
  },
  brief: () => [],
};

const prunedText = ({ prunedFunctions, prunedShare }: CallTree): string =>
  `Too small to show: ${formatPlural(prunedFunctions, 'function')}, together ${formatShare(prunedShare)} of the time, which is in those that call them.`;

/** Its main rows stand in a table below it. */
function altOf({ nodes, windowMs }: CallTree): string {
  const deepest = nodes.reduce((most, { depth }) => Math.max(most, depth), 0);
  const most = [...nodes].sort((a, b) => b.selfMs - a.selfMs)[0];
  const main = most && most.selfMs > 0 ? `, most of it, ${formatMs(most.selfMs)}, in ${most.name} itself` : '';
  return `Call stacks of a window of ${formatMs(windowMs)}: ${formatPlural(nodes.length - 1, 'function')}, up to ${deepest} deep${main}.`;
}

function treeOf(title: string, { nodes }: CallTree): FlameTree {
  return {
    title,
    boxes: nodes.map((node) => ({
      depth: node.depth,
      name: nameOf(node),
      kind: kindOf(node),
      ...(node.cause !== null && { fill: causePaint(node.cause).fill }),
      ...(node.url !== null && { place: placeOf(node)! }),
      ms: node.totalMs,
      ownMs: node.selfMs,
    })),
  };
}

const KINDS: Readonly<Record<CallTreeNode['kind'], string>> = {
  root: 'the whole window',
  wasm: 'Wasm',
  js: 'JavaScript',
  builtin: 'built in',
  state: 'no function',
  thread: 'another thread, which the window waited for',
};

const nameOf = ({ kind, name }: CallTreeNode): string => (kind === 'root' ? 'window' : name);

const kindOf = ({ kind, cause }: CallTreeNode): string => (cause === null ? KINDS[kind] : (causeOf(cause)?.title ?? cause));

/** "worker.js:7", "ort.wasm" */
function placeOf({ url, line }: CallTreeNode): string | null {
  if (url === null) return null;
  return line === null ? lastPart(url) : `${lastPart(url)}:${line}`;
}

/** Smaller parts are no news in a table. */
const LEAST_SHARE = 0.005;
const MOST_ROWS = 300;
const ROWS_SHOWN = 12;
/** What shows in every renderer that a function is called by the one above it. */
const INDENT = '\u2002';
const MOST_INDENT = 24;

function tableOf({ nodes, windowMs }: CallTree): Table {
  const rows = nodes.slice(1).filter(({ totalMs }) => totalMs >= LEAST_SHARE * windowMs);
  const columns: readonly Column<CallTreeNode>[] = [
    {
      id: 'indented',
      head: 'Function',
      kind: 'code',
      limit: 80,
      in: ['page', 'terminal'],
      value: ({ depth, name }) => `${INDENT.repeat(Math.min(MOST_INDENT, depth - 1))}${name}`,
    },
    { id: 'function', head: 'Function', kind: 'code', value: ({ name }) => name, in: ['data'] },
    { id: 'level', head: 'Level', kind: 'count', value: ({ depth }) => depth, in: ['data', 'page'] },
    { id: 'totalMs', head: 'With what it calls', kind: 'ms', value: ({ totalMs }) => totalMs },
    { id: 'share', head: 'Share', kind: 'share', value: ({ totalMs }) => totalMs / windowMs },
    { id: 'selfMs', head: 'Own time', kind: 'ms', value: ({ selfMs }) => selfMs },
    {
      id: 'cause',
      head: 'Counts for',
      kind: 'text',
      value: kindOf,
      fill: ({ cause }) => (cause === null ? null : causePaint(cause).fill),
    },
    { id: 'place', head: 'In', kind: 'text', limit: 60, value: placeOf },
    { id: 'url', head: 'Script or module', kind: 'text', value: ({ url }) => url, in: ['data'] },
  ];
  const left = Math.max(0, rows.length - MOST_ROWS);
  return table('Call stacks from the outermost function down', columns, rows.slice(0, MOST_ROWS), ROWS_SHOWN, left);
}

import type { ColumnTable } from 'arquero';
import { causeOf } from '../../analyzers/partition/causes/index.js';
import { numbers, tableIn, texts } from './columns.js';
import { type FrameTables, functionNames } from './samplesIn.js';
import { asRead } from './slicesIn.js';
import type { Tables } from './tables.js';
import { threadName } from './windows.js';

/** A function on a call stack, with all samples that have the same callers; at the top a thread, and above these the root. */
export interface CallNode {
  readonly name: string;
  /** URL of its script or module; empty for builtins, threads and the root. */
  readonly url: string;
  /** Where the function begins, 1-based as in DevTools; null if not known. */
  readonly line: number | null;
  readonly column: number | null;
  /** What samples in it count for: id of a cause, or idle. Null if the table callFrameActivities is not given, or has none. */
  readonly cause: string | null;
  /** Time in itself, and with what it calls, ms. */
  readonly selfMs: number;
  readonly totalMs: number;
  /** Samples in it, with what it calls. */
  readonly samples: number;
  /** What it calls, by total time. */
  readonly children: readonly CallNode[];
}

type Building = { -readonly [Key in keyof Omit<CallNode, 'children'>]: CallNode[Key] } & {
  readonly children: Map<string, Building>;
};

/**
 * Samples as a tree from the outermost function down, thread by thread. The self times of all nodes sum to the root’s total time.
 * @param samples of `samplesIn`, or some of its rows
 */
export function callTree(run: Tables<'threads'> & FrameTables, samples: ColumnTable): CallNode {
  const taken = asRead(samples);
  const [thread, frame, ms] = [numbers(taken, 'thread'), numbers(taken, 'frame'), numbers(taken, 'ms')];
  const threads = tableIn(run, 'threads');
  const root = building('all threads');
  const nodes = nodesOf(run);
  for (let row = 0; row < taken.totalRows(); row++) {
    const own = thread[row]!;
    const top = root.children.get(String(own)) ?? building(threadName(threads, own));
    root.children.set(String(own), top);
    const path = [root, top, ...nodes(top, frame[row]!)];
    for (const node of path) {
      node.totalMs += ms[row]!;
      node.samples++;
    }
    path.at(-1)!.selfMs += ms[row]!;
  }
  return finished(root);
}

const building = (name: string, more: Partial<Building> = {}): Building => ({
  ...{ name, url: '', line: null, column: null, cause: null, selfMs: 0, totalMs: 0, samples: 0, children: new Map(), ...more },
});

/** V8’s own root, which every stack begins with. */
const ROOT = '(root)';

/** Returns the nodes of a call stack, outermost first. A function that stands in two profiles of a thread is one node. */
function nodesOf(run: FrameTables): (top: Building, innermost: number) => readonly Building[] {
  const frames = tableIn(run, 'callFrames');
  const [parent, line, column] = [numbers(frames, 'parent'), numbers(frames, 'line'), numbers(frames, 'column')];
  const [name, url] = [functionNames(run), texts(frames, 'url')];
  const causes = run.callFrameActivities ? texts(run.callFrameActivities, 'activity') : null;
  const known = new Map<number, readonly Building[]>();
  return (top, innermost) => {
    // A frame belongs to the profile of one thread, so what is known of it is of this one.
    const before = known.get(innermost);
    if (before) return before;
    const stack: number[] = [];
    for (let row = innermost; row >= 0; row = parent[row]!) stack.push(row);
    let around = top;
    const path: Building[] = [];
    for (const row of stack.reverse()) {
      if (parent[row]! < 0 && name.at(row) === ROOT) continue;
      const key = `${name.at(row)} ${line[row]} ${column[row]} ${url.at(row)}`;
      let node = around.children.get(key);
      if (!node) {
        const cause = causes?.at(row) || null;
        const text = name.at(row) || '(anonymous)';
        node = building(text, { url: url.at(row), line: oneBased(line[row]!), column: oneBased(column[row]!), cause });
        around.children.set(key, node);
      }
      path.push(node);
      around = node;
    }
    if (innermost >= 0) known.set(innermost, path);
    return path;
  };
}

const oneBased = (value: number): number | null => (value < 0 ? null : value + 1);

/** The finished nodes, children first. No recursion: a call stack may be as deep as the profile has frames. */
function finished(root: Building): CallNode {
  const inOrder = [root];
  for (const node of inOrder) inOrder.push(...node.children.values());
  const done = new Map<Building, CallNode>();
  for (const node of inOrder.reverse()) {
    const children = [...node.children.values()].map((child) => done.get(child)!).sort((a, b) => b.totalMs - a.totalMs);
    done.set(node, { ...node, children });
  }
  return done.get(root)!;
}

/** A call tree as rows of a table, each node below its caller: `Inputs.table(treeRows(tree))`. */
export function treeRows(
  tree: CallNode,
  { minShare = 0.01, indent = '\u2002' }: { readonly minShare?: number; readonly indent?: string } = {},
): readonly {
  readonly function: string;
  readonly totalMs: number;
  readonly selfMs: number;
  /** Share of the whole tree, of 1. */
  readonly share: number;
  readonly cause: string;
  readonly depth: number;
}[] {
  const rows: ReturnType<typeof treeRows>[number][] = [];
  const stack: { node: CallNode; depth: number }[] = [{ node: tree, depth: 0 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, depth } = next;
    const share = tree.totalMs > 0 ? node.totalMs / tree.totalMs : 0;
    if (share < minShare) continue;
    const cause = node.cause === null ? '' : (causeOf(node.cause)?.title ?? node.cause);
    rows.push({ function: indent.repeat(depth) + node.name, totalMs: node.totalMs, selfMs: node.selfMs, share, cause, depth });
    for (const child of [...node.children].reverse()) stack.push({ node: child, depth: depth + 1 });
  }
  return rows;
}

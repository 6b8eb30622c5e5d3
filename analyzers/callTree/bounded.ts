import type { CallNode } from './callTree.js';

/** A call tree that a document can hold: the functions that matter, each below its caller. Names are untrusted text. */
export interface CallTree {
  /** How many windows it is of. */
  readonly windows: number;
  /** Time of one of them, at the mean; all times below are of one. */
  readonly windowMs: number;
  /** Each node before what it calls, the most time first. The first one is the window itself. */
  readonly nodes: readonly CallTreeNode[];
  /** Part of the time that is of functions too small to be there. It is in the total time of those that call them. */
  readonly prunedShare: number;
  readonly prunedFunctions: number;
}

/** The call stacks of the windows. */
export interface CallTrees {
  /** Of the typical windows, merged: those that the partition is of. */
  readonly typical: CallTree;
  /** Of all windows, merged. */
  readonly all: CallTree;
  /** Of the window of median length. */
  readonly window: CallTree;
}

export interface CallTreeNode extends Pick<CallNode, 'name' | 'kind' | 'url' | 'line' | 'column' | 'cause'> {
  /** 0: the window; 1: what stands at the bottom of the stacks. */
  readonly depth: number;
  /** Time in itself, and with all that it calls, ms. */
  readonly selfMs: number;
  readonly totalMs: number;
}

/** Smaller parts of the time cannot be seen in a picture. */
const LEAST_SHARE = 0.001;
/** More make a page slow. */
const MOST_NODES = 1000;

/** A tree without what is too small: what is left is whole, as no node has more time than the one around it. */
export function bounded(root: CallNode, windows: number, mostNodes = MOST_NODES): CallTree {
  const all: { readonly node: CallNode; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (const { node, depth } of all) for (const child of node.children.values()) all.push({ node: child, depth: depth + 1 });
  const kept = new Set(
    all
      .filter(({ node }) => node.totalUs >= LEAST_SHARE * root.totalUs)
      // Of equal times, the outer one first: a node is never there without the one around it.
      .sort((a, b) => b.node.totalUs - a.node.totalUs || a.depth - b.depth)
      .slice(0, mostNodes)
      .map(({ node }) => node),
  );
  const perWindow = 1 / (1000 * windows);
  const nodes: CallTreeNode[] = [];
  let keptSelfUs = 0;
  const open = [{ node: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { children, selfUs, totalUs, ...named } = next.node;
    nodes.push({ depth: next.depth, ...named, selfMs: selfUs * perWindow, totalMs: totalUs * perWindow });
    keptSelfUs += selfUs;
    const inside = [...children.values()].filter((child) => kept.has(child)).sort((a, b) => a.totalUs - b.totalUs);
    for (const child of inside) open.push({ node: child, depth: next.depth + 1 });
  }
  return {
    windows,
    windowMs: root.totalUs * perWindow,
    nodes,
    prunedShare: root.totalUs > 0 ? Math.max(0, 1 - keptSelfUs / root.totalUs) : 0,
    prunedFunctions: all.length - nodes.length,
  };
}

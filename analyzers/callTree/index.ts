import { activities } from '../activity/callStacks.js';
import { wasmFunctions } from '../activity/polling.js';
import { fact, sampledEveryUs, trace } from '../input.js';
import { samples } from '../partition/index.js';
import { type SplitWindow, split, typicalSplit } from '../partition/splitWindows.js';
import { medianWindow } from '../partition/timeline.js';
import { question } from '../question.js';
import { bounded, type CallTree, type CallTrees } from './bounded.js';
import { callTree } from './callTree.js';
import { typicalWindow } from './typicalWindow.js';
import { view } from './view.js';

const trees = fact('callTrees', (get): CallTrees | null => {
  get(samples);
  const { windows, threads } = get(split);
  const window = medianWindow(windows);
  if (!window) return null;
  const stacks = {
    trace: get(trace),
    activities: get(activities),
    functions: get(wasmFunctions).functions,
    threads,
    sampledEveryUs: get.maybe(sampledEveryUs),
  };
  const treeOf = (those: readonly SplitWindow[]): CallTree => bounded(callTree(those, stacks), those.length);
  return { typical: treeOf(get(typicalSplit)), all: treeOf(windows), window: treeOf([window]) };
});

/** Which functions called which, and where the typical window is in the trace. */
export const callStacks = question({
  facts: { callTrees: trees, typicalWindow },
  notes: () => [],
  view,
});

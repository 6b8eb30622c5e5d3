import { type Block, heading, paragraph } from '../../src/view/block.js';
import { formatMs, formatPlural } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { Partition } from '../partition/partition.js';
import type { CompileUse } from './compile.js';
import { compileBlocks, compileLines } from './compileView.js';
import type { GcUse } from './garbageCollection.js';
import { garbageBlocks } from './garbageView.js';
import type { GlueUse } from './glue.js';
import { glueBlocks } from './glueView.js';
import type { MemoryGrowth } from './memoryGrowth.js';

/** The parts of an analysis that this view shows. */
export interface RuntimeShown {
  readonly compile: CompileUse | null;
  readonly gc: GcUse | null;
  readonly glue: GlueUse | null;
  readonly memoryGrowth: MemoryGrowth | null;
  readonly partition: Pick<Partition, 'windows'> | null;
}

/** The parts of the runtime's share: compiling, garbage collection, JavaScript, growing memory. */
export const view: View<RuntimeShown> = {
  id: 'runtime',
  title: 'Runtime',
  // Its sentences and captions say what the numbers are.
  words: {},
  blocks: ({ compile, gc, glue, memoryGrowth, partition }) => [
    ...(compile ? compileBlocks(compile, partition?.windows ?? 0) : []),
    ...(gc ? garbageBlocks(gc) : []),
    ...(glue ? glueBlocks(glue) : []),
    ...(memoryGrowth ? growthBlocks(memoryGrowth) : []),
  ],
  brief: ({ compile, partition }) => (compile ? compileLines(compile, partition?.windows ?? 0) : []),
};

function growthBlocks({ count, countInWindows, totalMs, longestMs, setupMs, warmupMs, predictionsMs }: MemoryGrowth): Block[] {
  const where =
    countInWindows > 0
      ? `${formatPlural(countInWindows, 'time')} in predictions (${formatMs(predictionsMs)})`
      : 'never in a prediction';
  return [
    heading('Growing memory'),
    paragraph(
      `Wasm memory grew ${formatPlural(count, 'time')}, ${where}; all of it took ${formatMs(totalMs)}, the longest ${formatMs(longestMs)}. Setup ${formatMs(setupMs)}, warm-up ${formatMs(warmupMs)}. By how much it grew, the trace does not say.`,
    ),
  ];
}

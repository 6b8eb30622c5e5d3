import type { FunctionCode, Loop } from './functionCode.js';
import type { LoopRange } from './loopFinder.js';
import { type InstructionClass, mixOf } from './mix.js';

/**
 * Counts a body and its loops, from the class and the byte offset of each operator and the ranges of the loops. Where a branch back
 * to an outer loop stands inside an inner one, the inner's end, which can get there, belongs to the outer too.
 */
export function countInstructions(
  classes: readonly InstructionClass[],
  offsets: readonly number[],
  ranges: readonly LoopRange[],
): Pick<FunctionCode, 'body' | 'inLoops' | 'loops'> {
  const body = zeros();
  const inLoops = zeros();
  const loops: { offset: number; depth: number; parent: number; innermost: boolean; own: Record<InstructionClass, number> }[] =
    [];
  const ends = ranges.map((range) => range.end);
  /** Positions in `loops` of those around the current operator, outermost first. */
  const around: number[] = [];

  for (let i = 0; i < classes.length; i++) {
    while (around.length > 0 && i > ends[around.at(-1)!]!) {
      const left = around.pop()!;
      const outer = around.at(-1);
      if (outer !== undefined) ends[outer] = Math.max(ends[outer]!, ends[left]!);
    }
    if (ranges[loops.length]?.start === i) {
      const parent = around.at(-1) ?? -1;
      if (parent >= 0) loops[parent]!.innermost = false;
      around.push(loops.length);
      loops.push({ offset: offsets[i]!, depth: around.length, parent, innermost: true, own: zeros() });
    }
    const name = classes[i]!;
    body[name]++;
    if (around.length > 0) {
      inLoops[name]++;
      loops[around.at(-1)!]!.own[name]++;
    }
  }
  return { body, inLoops, loops: loops satisfies Loop[] };
}

function zeros(): Record<InstructionClass, number> {
  return mixOf(() => 0);
}

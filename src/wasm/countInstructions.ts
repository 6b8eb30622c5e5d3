import type { FunctionCode, Loop } from './functionCode.js';
import { type LoopRange, nestLoops } from './loopFinder.js';
import { type InstructionClass, mixOf } from './mix.js';

/** Counts a body and its loops, from the class and the byte offset of each operator and the ranges of the loops. */
export function countInstructions(
  classes: readonly InstructionClass[],
  offsets: readonly number[],
  ranges: readonly LoopRange[],
): Pick<FunctionCode, 'body' | 'inLoops' | 'loops'> {
  const body = zeros();
  const inLoops = zeros();
  const { around, parents } = nestLoops(ranges, classes.length);
  const loops: { offset: number; depth: number; parent: number; innermost: boolean; own: Record<InstructionClass, number> }[] =
    [];
  for (const [i, parent] of parents.entries()) {
    const around = loops[parent];
    if (around) around.innermost = false;
    loops.push({ offset: offsets[ranges[i]!.start]!, depth: 1 + (around?.depth ?? 0), parent, innermost: true, own: zeros() });
  }
  for (const [i, name] of classes.entries()) {
    body[name]++;
    const loop = loops[around[i]!];
    if (!loop) continue;
    inLoops[name]++;
    loop.own[name]++;
  }
  return { body, inLoops, loops: loops satisfies Loop[] };
}

function zeros(): Record<InstructionClass, number> {
  return mixOf(() => 0);
}

import { atomicCost, type FunctionClassName, type WorkClass, workClass } from './classify.js';
import type { FunctionCode, Loop } from './functionCode.js';
import { type InstructionClass, type Mix, mixOf } from './mix.js';

/** One class of what a function does, and the part of its time in it. */
export interface FunctionPart {
  readonly class: FunctionClassName;
  /** Part of the function's own time; those of all its parts sum to 1. */
  readonly share: number;
  /** What the part may be in place of `share`, as far as anybody knows. */
  readonly low: number;
  readonly high: number;
}

/** What a function executed. */
export interface Executed {
  readonly mix: Mix;
  /** What ran in each loop and in none inside it, by the byte offset of its `loop`; null: an older log. */
  readonly loops: ReadonlyMap<number, Mix> | null;
}

/**
 * What an operator is taken to cost, where an addition costs 1. Scalar and vector operators cost the same: their latencies and
 * throughputs are the same on all present x86 and Arm cores (Agner Fog, *Instruction tables*; what a machine does, the probes of
 * `--ladder` tell). Locals, constants and blocks cost nothing after optimization; branches among the blocks are few. What memory.copy
 * and the like cost depends on how much they copy, which nobody counts: they cost as an atomic.
 */
const costs: Readonly<Partial<Record<InstructionClass, number>>> = {
  other: 0,
  control: 0,
  atomic: atomicCost,
  bulkMemory: atomicCost,
};

/** Operators of one class may cost so many times more or less than those of another: what a loop waits for is not seen in its code. */
export const COST_RANGE = 2;

/**
 * The parts of a function that works, by class, largest first: each loop, and what is outside of all, is of a class by itself, and weighs
 * by the cost of what it executed. The range is that in which the operators of one class cost COST_RANGE times more or less than those of the
 * others.
 *
 * Where nobody counted, the whole function is of its class, by its code, and any class of its innermost loops may have all of its time or none.
 * @param whole the class of the whole function, if it works
 */
export function functionParts(code: FunctionCode, whole: WorkClass, executed: Executed | null): readonly FunctionPart[] {
  if (!executed) return uncounted(code, whole);
  const costOf = executed.loops === null ? new Map<WorkClass, number>() : costByClass(code, executed.mix, executed.loops);
  const all = [...costOf.values()].reduce((sum, cost) => sum + cost, 0);
  if (all === 0) return [{ class: whole, share: 1, low: 1, high: 1 }];
  return [...costOf]
    .filter(([, cost]) => cost > 0)
    .map(([name, cost]) => {
      const share = (times: number): number => (cost * times) / (cost * times + all - cost);
      return { class: name, share: cost / all, low: share(1 / COST_RANGE), high: share(COST_RANGE) };
    })
    .sort((a, b) => b.share - a.share);
}

function uncounted({ loops }: FunctionCode, whole: WorkClass): readonly FunctionPart[] {
  const classes = new Set(loops.filter(({ innermost }) => innermost).map((loop) => workClass(loop.own, [loop])));
  const isOpen = classes.size > 1;
  const others = [...classes].filter((name) => isOpen && name !== whole);
  return [
    { class: whole, share: 1, low: isOpen ? 0 : 1, high: 1 },
    ...others.map((name) => ({ class: name, share: 0, low: 0, high: 1 })),
  ];
}

function costByClass(code: FunctionCode, mix: Mix, inLoops: ReadonlyMap<number, Mix>): Map<WorkClass, number> {
  const costs = new Map<WorkClass, number>();
  const add = (executed: Mix, innermost: readonly Loop[]): void => {
    const name = workClass(executed, innermost);
    costs.set(name, (costs.get(name) ?? 0) + cost(executed));
  };
  const outside = mixOf((name) => [...inLoops.values()].reduce((rest, loop) => rest - loop[name], mix[name]));
  add(outside, []);
  for (const loop of code.loops) {
    const executed = inLoops.get(loop.offset);
    if (executed) add(executed, loop.innermost ? [loop] : []);
  }
  return costs;
}

const cost = (mix: Mix): number =>
  Object.entries(mix).reduce((sum, [name, count]) => sum + count * (costs[name as InstructionClass] ?? 1), 0);

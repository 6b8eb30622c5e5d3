import type { IOperatorInformation } from 'wasmparser';

/** A loop as a range of a body's operators, by their number: from its `loop` to the last branch back, both included. */
export interface LoopRange {
  readonly start: number;
  end: number;
}

/** Follows the blocks of one body, operator by operator, and keeps its loops. */
export class LoopFinder {
  /** What is open: the function's own block first; null where it is no loop. */
  readonly #open: (LoopRange | null)[] = [null];
  readonly #loops: LoopRange[] = [];
  #operators = 0;

  /** The function's own block has ended; what is added after that is no part of a valid body. */
  get closed(): boolean {
    return this.#open.length === 0;
  }

  /** The loops that something branches back to, in the order of their start. */
  get loops(): readonly LoopRange[] {
    return this.#loops.filter(({ start, end }) => end > start);
  }

  add(name: string, operator: IOperatorInformation): void {
    this.#branches(operator);
    if (name === 'loop') {
      const loop = { start: this.#operators, end: this.#operators };
      this.#loops.push(loop);
      this.#open.push(loop);
    } else if (name === 'block' || name === 'if' || name === 'try' || name === 'try_table') {
      this.#open.push(null);
    } else if (name === 'end' || name === 'delegate') {
      this.#open.pop();
    }
    this.#operators++;
  }

  #branches({ brDepth, brTable, tryTable }: IOperatorInformation): void {
    if (brDepth !== undefined) this.#branch(brDepth);
    // Tables repeat their targets, by the thousand in a big switch.
    if (brTable) for (const depth of new Set(brTable)) this.#branch(depth);
    if (tryTable) for (const { depth } of tryTable) this.#branch(depth);
  }

  #branch(depth: number): void {
    const target = this.#open[this.#open.length - 1 - depth];
    if (target) target.end = this.#operators;
  }
}

/** How loops stand in one another. */
export interface NestedLoops {
  /** Per operator: the position of the innermost loop around it; -1 outside of all. */
  readonly around: Int32Array;
  /** Per loop: the position of the loop around it; -1 if none. */
  readonly parents: readonly number[];
}

/**
 * How the loops of a body stand in one another. Where a branch back to an outer loop stands inside an inner one, the inner's end, which
 * can get there, belongs to the outer too.
 * @param ranges in the order of their start
 * @param operators how many the body has
 */
export function nestLoops(ranges: readonly LoopRange[], operators: number): NestedLoops {
  const around = new Int32Array(operators);
  const parents: number[] = [];
  const ends = ranges.map((range) => range.end);
  /** Positions of the loops around the current operator, outermost first. */
  const open: number[] = [];
  for (let i = 0; i < operators; i++) {
    while (open.length > 0 && i > ends[open.at(-1)!]!) {
      const left = open.pop()!;
      const outer = open.at(-1);
      if (outer !== undefined) ends[outer] = Math.max(ends[outer]!, ends[left]!);
    }
    if (ranges[parents.length]?.start === i) {
      parents.push(open.at(-1) ?? -1);
      open.push(parents.length - 1);
    }
    around[i] = open.at(-1) ?? -1;
  }
  return { around, parents };
}

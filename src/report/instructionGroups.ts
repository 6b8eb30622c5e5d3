import type { InstructionClass } from '../wasm/mix.js';

/** What a reader tells apart in a function's instructions; fewer than the classes that are counted. */
export interface InstructionGroup {
  readonly name: string;
  readonly fill: string;
  readonly classes: readonly InstructionClass[];
}

/** In the order they are drawn: vector work first, then scalar work, what waits, what decides. */
export const instructionGroups: readonly InstructionGroup[] = [
  { name: 'relaxed SIMD', fill: '#4a63c8', classes: ['relaxed'] },
  { name: 'SIMD arithmetic', fill: '#0072b2', classes: ['simdFloat', 'simdInt'] },
  { name: 'SIMD loads and moves', fill: '#5aa3a0', classes: ['simdLoad', 'simdStore', 'simdOther'] },
  { name: 'scalar float', fill: '#6db5ea', classes: ['scalarFloat'] },
  { name: 'scalar integer', fill: '#b9d3ea', classes: ['scalarInt'] },
  { name: 'scalar memory', fill: '#c98a1b', classes: ['load', 'store', 'bulkMemory'] },
  { name: 'atomics', fill: '#b4429a', classes: ['atomicLoad', 'atomic', 'wait'] },
  { name: 'control and calls', fill: '#6b7280', classes: ['control', 'call'] },
];

/**
 * The fractions of a mix by group, none left out. Locals, constants and the like are not counted: they are half of all
 * instructions and mostly cost nothing once the optimizing compiler has placed them in registers.
 */
export function groupMix(
  mix: Readonly<Record<string, number>>,
): readonly { readonly group: InstructionGroup; readonly part: number }[] {
  const parts = instructionGroups.map((group) => ({
    group,
    part: group.classes.reduce((sum, name) => sum + (Object.hasOwn(mix, name) ? mix[name]! : 0), 0),
  }));
  const total = parts.reduce((sum, { part }) => sum + part, 0);
  return parts.map(({ group, part }) => ({ group, part: total > 0 ? part / total : 0 }));
}

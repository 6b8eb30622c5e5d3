import type { InstructionClass } from '../wasm/mix.js';

/** What a reader tells apart in a function's instructions; fewer than the classes that are counted. */
export interface InstructionGroup {
  readonly name: string;
  readonly fill: string;
  readonly classes: readonly InstructionClass[];
}

/** In the order they are drawn: vector work first, what moves data, what decides, the rest. */
export const instructionGroups: readonly InstructionGroup[] = [
  { name: 'relaxed SIMD', fill: '#4a63c8', classes: ['relaxed'] },
  { name: 'SIMD arithmetic', fill: '#0072b2', classes: ['simdFloat', 'simdInt'] },
  { name: 'SIMD loads and moves', fill: '#5aa3a0', classes: ['simdLoad', 'simdStore', 'simdOther'] },
  { name: 'scalar float', fill: '#6db5ea', classes: ['scalarFloat'] },
  { name: 'scalar integer', fill: '#b9d3ea', classes: ['scalarInt'] },
  { name: 'scalar memory', fill: '#c98a1b', classes: ['load', 'store', 'bulkMemory'] },
  { name: 'atomics', fill: '#b4429a', classes: ['atomicLoad', 'atomic', 'wait'] },
  { name: 'control and calls', fill: '#6b7280', classes: ['control', 'call'] },
  { name: 'locals and other', fill: '#b5b9c0', classes: ['other'] },
];

/** The fractions of a mix by group, none left out; a class that is not known counts as other. */
export function groupMix(
  mix: Readonly<Record<string, number>>,
): readonly { readonly group: InstructionGroup; readonly part: number }[] {
  const parts = new Map(instructionGroups.map((group) => [group, 0]));
  const rest = instructionGroups.at(-1)!;
  for (const [name, part] of Object.entries(mix)) {
    const group = instructionGroups.find(({ classes }) => classes.some((each) => each === name)) ?? rest;
    if (Number.isFinite(part)) parts.set(group, parts.get(group)! + part);
  }
  return [...parts].map(([group, part]) => ({ group, part }));
}

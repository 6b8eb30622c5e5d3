/** The classes that instructions are counted in, and what belongs to each. */
export const instructionClasses = {
  scalarInt: 'i32 and i64 arithmetic, comparison and conversion; mostly addresses and loop counters beside vector work',
  scalarFloat: 'f32 and f64 arithmetic, comparison and conversion',
  simdFloat: 'f32x4 and f64x2 arithmetic, comparison and conversion',
  simdInt: 'integer and bitwise vector arithmetic, comparison, widening and narrowing',
  simdLoad: 'v128 loads, also of one lane, widening or splatting',
  simdStore: 'v128 stores, also of one lane',
  simdOther: 'moves inside and between vectors: shuffle, swizzle, splat, lane in and out, bitselect',
  relaxed: 'relaxed SIMD: fused multiply-add, dot product, relaxed min, max, swizzle, laneselect, truncation',
  atomicLoad: 'atomic loads: what a thread that polls does',
  atomic: 'other atomics: read-modify-write, compare-exchange, store, fence, notify',
  wait: 'memory.atomic.wait32 and wait64: the thread sleeps',
  load: 'scalar loads; reading fields and elements of garbage-collected objects',
  store: 'scalar stores; writing fields and elements of garbage-collected objects',
  bulkMemory: 'memory.copy, fill and init; the same of garbage-collected arrays',
  control: 'blocks, loops, branches, throw and catch; not all of it is machine code',
  call: 'calls, direct and indirect',
  other: 'locals, globals, constants, references, tables, memory.size and grow; mostly free after optimization',
} as const;

export type InstructionClass = keyof typeof instructionClasses;

/** What a reader calls the classes one by one. Those left out mostly cost nothing. */
export const instructionTitles: Readonly<Partial<Record<InstructionClass, string>>> = {
  relaxed: 'relaxed SIMD',
  simdFloat: 'vector float',
  simdInt: 'vector integer',
  simdLoad: 'v128 load',
  simdStore: 'v128 store',
  simdOther: 'vector shuffle or lane move',
  scalarFloat: 'scalar float',
  scalarInt: 'scalar integer',
  load: 'scalar load',
  store: 'scalar store',
  bulkMemory: 'bulk memory',
  atomicLoad: 'atomic load',
  atomic: 'other atomic',
  wait: 'atomic wait',
  control: 'control',
  call: 'call',
};

/** Instructions per class. Whole numbers, but for weighted mixes. */
export type Mix = Readonly<Record<InstructionClass, number>>;

const names = Object.keys(instructionClasses) as InstructionClass[];

/** The parts of a mix as fractions of all its instructions; they sum to 1, or are 0 where there are none. */
export function fractionsOf(mix: Mix): Record<string, number> {
  const total = Object.values(mix).reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(Object.entries(mix).map(([name, count]) => [name, total > 0 ? count / total : 0]));
}

/** A mix from the count of each class. */
export function mixOf(count: (instructionClass: InstructionClass) => number): Record<InstructionClass, number> {
  const mix = {} as Record<InstructionClass, number>;
  for (const name of names) mix[name] = count(name);
  return mix;
}

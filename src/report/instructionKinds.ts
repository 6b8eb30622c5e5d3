/** Names of the instruction classes for a reader, one by one; `other` (locals, constants) mostly costs nothing and is left out. */
const KINDS: Readonly<Record<string, string>> = {
  relaxed: 'relaxed SIMD',
  simdFloat: 'SIMD float',
  simdInt: 'SIMD integer',
  simdLoad: 'SIMD load',
  simdStore: 'SIMD store',
  simdOther: 'SIMD move',
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

/** A mix by kind, largest first, as fractions of what is not left out; a finer view than that of the chart. */
export function instructionKinds(
  mix: Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly part: number }[] {
  const kinds = Object.entries(KINDS).map(([id, name]) => ({ name, part: Object.hasOwn(mix, id) ? mix[id]! : 0 }));
  const total = kinds.reduce((sum, { part }) => sum + part, 0);
  return kinds
    .filter(({ part }) => part > 0)
    .map(({ name, part }) => ({ name, part: part / total }))
    .sort((a, b) => b.part - a.part);
}

import { expect, test } from 'vitest';
import type { InstructionSet } from '../../../analyzers/instructions/instructionSet.js';
import { view } from '../../../analyzers/instructions/view.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';
import { buildGpuAnalysis } from '../../report/buildGpuAnalysis.js';

const use = { ran: true, held: true, why: 'It was compiled so.' };
const set: InstructionSet = {
  cpu: { vectorBits: 256, fusedMultiplyAdd: true },
  scalar: { ...use, share: 0.3 },
  simd128: { ...use, share: 0.6 },
  relaxed: { ...use, ran: false, share: 0 },
  threads: { ...use, ran: null, share: null },
  bound: null,
  measured: null,
};
const shown = (changed: Partial<InstructionSet> = {}) => ({
  instructionSet: { ...set, ...changed },
  run: null,
  gpu: null,
  executed: null,
  kernelTotals: null,
});
const textOf = (changed: Partial<InstructionSet>): string =>
  view
    .blocks(shown(changed))
    .flatMap((each) => (each.block === 'paragraph' ? [each.text] : []))
    .join(' ');

test('what is not known to have run has no share', () => {
  const [table] = view.blocks(shown());
  const rows = table!.block === 'table' ? table!.rows.map((row) => row.slice(0, 3).map(({ value }) => value)) : [];
  expect(rows).toEqual([
    ['Scalar', 'yes', 0.3],
    ['128-bit SIMD', 'yes', 0.6],
    ['of it relaxed SIMD', 'no', 0],
    ['Threads', 'unknown', null],
  ]);
});

test('time that no row has is explained, and an unknown CPU is said to be one', () => {
  expect(textOf({})).toBe('The rest of the Wasm time, 10.0 %, is threads that poll while they wait, copying, and atomics.');
  expect(textOf({ simd128: { ...use, share: 0.7 } })).toBe('');
  expect(textOf({ cpu: null })).toContain('What vectors this CPU has is unknown here');
  expect(textOf({ cpu: null, bound: { factor: 4, why: 'At most 4×.' } })).toMatch(/At most 4×\.$/);
});

test('the terminal says in one line what ran and what the CPU has, but of a GPU', () => {
  const { run } = buildAnalysis();
  const threads = `${run!.threads} thread${run!.threads === 1 ? '' : 's'}`;
  expect(view.brief({ ...shown(), run })).toMatchObject([
    { label: 'Wasm ran', text: `scalar 30.0 % · SIMD 60.0 % · no relaxed SIMD · ${threads} · CPU 256-bit with FMA` },
  ]);
  const unknown = { ...use, ran: null, share: null };
  expect(view.brief(shown({ cpu: null, simd128: unknown, threads: { ...use, share: 0.5 } }))[0]!.text).toBe(
    'scalar 30.0 % · SIMD unknown · no relaxed SIMD · threads',
  );
  expect(view.brief({ ...shown(), gpu: buildGpuAnalysis().gpu })).toEqual([]);
});

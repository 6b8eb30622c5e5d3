import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roleByName } from '../../analyzers/windows/callRoles.js';
import { Names } from '../../src/pack/names.js';
import { redactModule } from '../../src/pack/redactModule.js';
import { decodeModule } from '../../src/wasm/decodeModule.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { customSection, leb, moduleOf, op, section, text, vector } from '../wasm/builder.js';

test('a symbol’s pseudonym has as many bytes, is its own, and says the same of what calls are for', () => {
  const symbol = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc
      .tuple(fc.constantFrom('create', 'run', 'free', 'Load', 'predict'), fc.constantFrom('', '_', '2', 'Model', 'Tensor', '_x'))
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(fc.uniqueArray(symbol, { maxLength: 40 }), (symbols) => {
      const names = new Names();
      const made = symbols.map((each) => names.symbol(each));
      expect(new Set(made).size).toBe(symbols.length);
      expect(made.map((each) => Buffer.byteLength(each))).toEqual(symbols.map((each) => Buffer.byteLength(each)));
      expect(made.map(roleByName)).toEqual(symbols.map(roleByName));
    }),
  );
});

const SECRETS = ['anna_rank', 'clinic', 'patientTable', 'src/anna.c', 'anna.wasm.map', 'annaLocal', 'anna-text'];

const nameSection = (functions: Readonly<Record<number, string>>): number[] =>
  customSection('name', [
    ...subsection(0, text('clinic')),
    ...subsection(1, vector(Object.entries(functions).map(([index, name]) => [Number(index), ...text(name)]))),
    ...subsection(2, vector([[1, ...vector([[0, ...text('annaLocal')]])]])),
  ]);
const subsection = (kind: number, content: readonly number[]): number[] => [kind, ...leb(content.length), ...content];

const original = moduleOf({
  imports: ['anna_log', 'abort'],
  functions: [op.loop(op.vectorLoad(), op.vectorFloat()), op.loop(op.load(), op.float()), op.loop(op.atomicLoad())],
  exports: { patientTable: 2, sb: 3, OrtRun: 4 },
  custom: [
    section(11, vector([[0, 0x41, 0, 0x0b, ...text('anna-text')]])),
    nameSection({ 2: 'anna_rank', 3: 'anna_rank', 4: 'clinic::sort' }),
    customSection('producers', vector([[...text('language'), ...vector([[...text('clinic'), ...text('1')]])]])),
    customSection('target_features', vector([[0x2b, ...text('simd128')]])),
    customSection('sourceMappingURL', text('anna.wasm.map')),
    customSection('.debug_str', text('src/anna.c')),
  ],
});

test('a module keeps its code where it is, and loses its names, its data and what debuggers know', () => {
  const names = new Names();
  const redacted = redactModule(original, names)!;
  const [before, after] = [indexModule(original), indexModule(redacted)];
  expect(redacted.length).toBe(original.length);
  expect(after.bodyStart).toEqual(before.bodyStart);
  expect(decodeModule(after)).toEqual(decodeModule(before));
  expect(after.targetFeatures).toEqual(['simd128']);
  const left = Buffer.from(redacted).toString('latin1');
  for (const secret of SECRETS) expect(left).not.toContain(secret);
  expect(after.names.get(2)).toBe(names.symbol('anna_rank'));
  expect(after.names.get(3)).toBe(after.names.get(2));
  expect(left).toContain('OrtRun');
  expect(left).toContain('sb');
});

test('bytes that are no module, or a broken one, are refused', () => {
  expect(redactModule(new Uint8Array([0, 1, 2]), new Names())).toBeNull();
  expect(redactModule(original.subarray(0, original.length - 5), new Names())).toBeNull();
});

test('broken custom sections are overwritten', () => {
  const broken = moduleOf({
    custom: [
      customSection('name', [1, 40, 2, 0, ...text('anna_rank')]),
      customSection('target_features', [9, 0x2b, ...text('clinic')]),
    ],
  });
  const left = Buffer.from(redactModule(broken, new Names())!).toString('latin1');
  for (const secret of SECRETS) expect(left).not.toContain(secret);
});

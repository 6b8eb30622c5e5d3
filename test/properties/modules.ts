import fc from 'fast-check';
import { classify } from '../../src/wasm/classify.js';
import { decodeFunction } from '../../src/wasm/decodeFunction.js';
import { decodeModule } from '../../src/wasm/decodeModule.js';
import { functionAt } from '../../src/wasm/functionAt.js';
import { holdsFeature } from '../../src/wasm/holdsFeature.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { readSymbols } from '../../src/wasm/readSymbols.js';
import { module } from '../analyzers/buildRun.js';
import { customSection, leb, moduleOf, op, text, vector } from '../wasm/builder.js';
import { byteEdits, editedBytes, hostileText } from './hostile.js';
import { inTime, orRefused, type Property } from './property.js';

const names = vector([[...leb(0), ...text('kernel')]]);
const withNames = moduleOf({
  imports: ['log'],
  functions: [op.loop(op.load(), op.float()), [...op.wait(), ...op.memoryCopy()], [0x20, 0, 0x0e, 2, 0, 0, 0]],
  exports: { run: 1 },
  custom: [
    customSection('name', [1, ...leb(names.length), ...names]),
    customSection('producers', vector([[...text('sdk'), ...vector([[...text('x'), ...text('1')]])]])),
  ],
});

/** Bodies of any bytes: most are no code. */
const ofAnyCode = fc
  .array(fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }), { maxLength: 5 })
  .map((functions) => moduleOf({ functions }));

const changed = fc
  .record({ original: fc.oneof(fc.constantFrom(module.bytes, withNames), ofAnyCode), changes: byteEdits })
  .map(({ original, changes }) => editedBytes(original, changes));

const symbolMap = fc
  .array(
    fc.oneof(
      fc.tuple(fc.nat(), hostileText).map(([index, name]) => `${index}:${name}`),
      hostileText,
    ),
  )
  .map((lines) => new TextEncoder().encode(lines.join('\n')));

/** A module that was changed, or whose functions hold anything; a symbol map of any lines. */
export const modules: Property = {
  name: 'modules',
  runs: 300,
  property: fc.asyncProperty(
    fc.oneof({ weight: 3, arbitrary: changed }, { weight: 2, arbitrary: ofAnyCode }, { weight: 1, arbitrary: symbolMap }),
    (bytes) =>
      inTime(async () => {
        await orRefused(() => readSymbols(bytes));
        const index = await orRefused(() => indexModule(bytes));
        if (!index) return;
        decodeModule(index);
        for (let i = 0; i < Math.min(50, index.bodyStart.length); i++)
          classify(decodeFunction(index, index.importedFunctions + i));
        for (let at = 0; at < bytes.length; at += 7) functionAt(index, at);
        for (const feature of ['simd128', 'relaxed-simd', 'threads'] as const) holdsFeature(index, feature);
      }),
  ) as unknown as Property['property'],
};

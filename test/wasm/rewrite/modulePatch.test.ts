import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { random } from '../../../src/stats/random.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { applyPatch, fingerprint } from '../../../src/wasm/rewrite/applyPatch.js';
import { countExecuted } from '../../../src/wasm/rewrite/countExecuted.js';
import { patchOf } from '../../../src/wasm/rewrite/modulePatch.js';
import { pthreadsModule } from '../../pages/pthreadsModule.js';
import { customSection, moduleOf, op } from '../builder.js';
import { moduleOfFunctions, randomFunction } from './randomFunctions.js';

/** Makes the module that counts twice: at once, and by its patch. @returns bytes of the patch */
function expectSame(original: Uint8Array, functions?: ReadonlySet<number>): number {
  const module = indexModule(original);
  const counting = countExecuted(module, 'x', functions);
  const patch = patchOf(module, counting);
  expect(patch).toMatchObject({ from: original.length, to: counting.bytes.length });
  expect(Buffer.compare(applyPatch(original, patch, patch.steps.length), counting.bytes)).toBe(0);
  return patch.steps.length;
}

test('a patch makes of any module the one that counts, whatever sections it has or lacks', () => {
  const next = random(4);
  expectSame(moduleOfFunctions(Array.from({ length: 8 }, () => randomFunction((below) => Math.floor(next() * below)))));
  const functions = [op.loop(op.vectorFloat()), op.count(), op.loop(op.loop(op.count()))];
  expectSame(moduleOf({ functions }));
  expectSame(moduleOf({ functions: [], memories: [] }));
  expectSame(moduleOf({ functions, memories: [], importedMemory: [0, 1], exports: { run: 0 } }));
  expectSame(
    moduleOf({
      functions,
      imports: ['log'],
      memories: [
        [0, 1],
        [1, 1, 2],
      ],
      exports: { run: 1 },
      exportsMemory: true,
    }),
  );
  // Places in bodies are given up; other sections stay, also with a padded size, and so does what another function is.
  expectSame(moduleOf({ functions, custom: [customSection('metadata.code.branch_hint', [0]), customSection('name', [1, 2])] }));
  expectSame(Uint8Array.from([...moduleOf({ functions }), 0, 0x84, 0x80, 0, 1, 0x61, 7, 8]));
  expectSame(moduleOf({ functions }), new Set([1]));
  expectSame(pthreadsModule);
});

test('the patch of a framework’s module is a fraction of it', () => {
  const backend = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const original = new Uint8Array(readFileSync(join(backend, 'tfjs-backend-wasm-threaded-simd.wasm')));
  expect(expectSame(original)).toBeLessThan(original.length / 8);
});

test('a module is known again by its bytes', () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * i) % 251);
  const seen = new Set(Array.from({ length: 1000 }, (_, i) => fingerprint(bytes.with(i, bytes[i]! ^ 1), 1000)));
  expect(seen.size).toBe(1000);
  expect(fingerprint(bytes.slice(), 1000)).toBe(fingerprint(bytes, 1000));
});

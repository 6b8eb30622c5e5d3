import { expect, test } from 'vitest';
import { countingModules } from '../../../collectors/counting/countingModules.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { moduleOf, op } from '../../wasm/builder.js';

const bytes = moduleOf({ functions: [op.loop(op.float()), op.loop(op.vectorFloat()), op.count()] });
const [, second] = indexModule(bytes).bodyStart;

test.each([
  ['all functions count where nothing was sampled', [], [0, 1, 2]],
  ['only functions count that were sampled', [second!, 1_000_000], [1]],
])('%s', (_, sampledAt, counted) => {
  const modules = countingModules(new Set(sampledAt));
  expect(modules.rewrite(bytes).length).toBeGreaterThan(bytes.length);
  expect([...modules.made.values()].map(({ functions }) => functions.map(({ index }) => index))).toEqual([counted]);
  expect(modules.lacks).toEqual([]);
});

test('a module that cannot be rewritten is served as it is, and it is said why', () => {
  const broken = bytes.subarray(0, bytes.length - 3);
  const modules = countingModules(new Set());
  expect(modules.rewrite(broken)).toEqual(broken);
  expect(modules.lacks).toEqual([expect.stringMatching(/^a module cannot be rewritten: /)]);
});

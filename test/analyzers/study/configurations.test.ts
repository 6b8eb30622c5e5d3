import { expect, test } from 'vitest';
import { fullConfigurations } from '../../../analyzers/study/configurations.js';
import { analyzeStudy } from '../../../analyzers/study/index.js';
import { buildCell, buildRun, buildStudyInput } from './buildStudy.js';

const cells = [
  buildCell({ framework: 'tfjs', threads: 1, simd: true }),
  buildCell({ framework: 'tfjs', threads: 4, simd: false }),
  buildCell({ framework: 'tfjs', threads: 2, simd: true, on: 'main' }),
  buildCell({ framework: 'tfjs', threads: 2, simd: true }),
  buildCell({ framework: 'tfjs', backend: 'webgl', threads: 1 }),
];
const quoted = (ran: typeof cells) =>
  fullConfigurations(
    analyzeStudy(
      buildStudyInput(
        cells,
        ran.map((cell) => buildRun(cell, 0, { browserMs: [1] })),
      ),
    ),
  ).map(({ backend, threads, on }) => [backend, threads, on]);

test('quotes first what has SIMD, the most threads, and a worker', () => {
  expect(quoted(cells)).toEqual([
    ['wasm', 2, 'worker'],
    ['webgl', 1, 'worker'],
  ]);
});

test('quotes of an unfinished study what has run', () => {
  expect(quoted(cells.slice(0, 1))).toEqual([
    ['wasm', 1, 'worker'],
    ['webgl', 1, 'worker'],
  ]);
});

import { expect, test } from 'vitest';
import { qoeOf } from '../../../analyzers/qoe/qoe.js';
import { analyzeStudy } from '../../../analyzers/study/index.js';
import { qoeView } from '../../../analyzers/study/qoe.js';
import { buildRound, log, threeRounds } from '../qoe/buildRounds.js';
import { buildCell, buildLook, buildRun, buildStudyInput } from './buildStudy.js';

const [alpha, beta] = [buildCell({ model: 'alpha' }), buildCell({ model: 'beta' })];
const runs = [buildRun(alpha, 0, { browserMs: [10] }), buildRun(beta, 0, { browserMs: [10] })];
const qoe = qoeOf({ ...log, rounds: [] }, threeRounds())!;

test('a study says of each cell that asked for it what a user of the page gets, in each condition', () => {
  const close = [buildLook(alpha), buildLook(beta, { qoe })];
  const analysis = analyzeStudy(buildStudyInput([alpha, beta], runs, { close }));
  expect(
    analysis.qoe.map(({ cell, condition, increase }) => [cell.model, condition, increase?.value.toFixed(2) ?? null]),
  ).toEqual([
    ['beta', 'none', null],
    ['beta', 'main', '1.00'],
    ['beta', 'worker', '0.10'],
  ]);
  expect(qoeView.findings(analysis)).toEqual([
    expect.stringMatching(
      /^A page is held up most by The beta on .*: on its main thread input to paint takes 50\.0 ms, 100 % more than without inference; in a worker it takes 27\.5 ms\.$/,
    ),
  ]);
  expect(qoeView.blocks(analysis)).toHaveLength(2);
});

test('a condition on a GPU is a row of its own', () => {
  const rounds = [...threeRounds(), ...[0, 1, 2].map((round) => buildRound(round, 'webgl', [72 + round]))];
  const looked = { ...qoeOf({ ...log, rounds: [] }, rounds)!, accuracy: null };
  const close = [buildLook(alpha, { qoe: looked })];
  const analysis = analyzeStudy(buildStudyInput([alpha], runs.slice(0, 1), { close }));
  expect(analysis.qoe.map(({ condition }) => condition)).toEqual(['none', 'main', 'worker', 'webgl']);
  expect(JSON.stringify(qoeView.brief(analysis))).toContain('On WebGL, from the main thread');
});

test('a study without such a pass says nothing of it', () => {
  const analysis = analyzeStudy(buildStudyInput([alpha], runs.slice(0, 1), { close: [buildLook(alpha)] }));
  expect(analysis.qoe).toEqual([]);
  expect([...qoeView.findings(analysis), ...qoeView.blocks(analysis), ...qoeView.brief(analysis)]).toEqual([]);
});

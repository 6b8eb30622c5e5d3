import { expect, test } from 'vitest';
import { accuracyOf } from '../../../analyzers/accuracy/accuracy.js';
import { accuracyView } from '../../../analyzers/study/accuracy.js';
import { analyzeStudy } from '../../../analyzers/study/index.js';
import { csvText, dataOf } from '../../../src/report/data.js';
import { buildAccuracyLog, fourPages } from '../accuracy/buildAccuracyLog.js';
import { buildCell, buildLook, buildRun, buildStudyInput } from './buildStudy.js';

const [alpha, beta, gamma] = ['alpha', 'beta', 'gamma'].map((model) => buildCell({ model }));
const cells = [alpha!, beta!, gamma!];
const runs = cells.map((cell) => buildRun(cell, 0, { browserMs: [10] }));

/** Both places and speeds, with results that take so long. */
const accuracyWith = (latencyMs: number) =>
  accuracyOf(
    buildAccuracyLog(
      (['main', 'worker'] as const).flatMap((on) =>
        [60, 120].flatMap((speedPxPerS) => fourPages({ on, speedPxPerS, latencyMs, durationMs: 2000 })),
      ),
    ),
  )!;

test('a study says of each cell with a detector how accurate it is when it is shown, by place and speed', () => {
  const [fast, slow] = [accuracyWith(30), accuracyWith(120)];
  const close = [buildLook(alpha!, { accuracy: fast }), buildLook(beta!), buildLook(gamma!, { accuracy: slow })];
  const analysis = analyzeStudy(buildStudyInput(cells, runs, { close }));
  expect(analysis.accuracy.map(({ cell, live }) => [cell.model, live.condition, live.speed])).toEqual(
    ['alpha', 'gamma'].flatMap((model) =>
      ['main', 'worker'].flatMap((condition) => [60, 120].map((speed) => [model, condition, speed])),
    ),
  );
  const [finding] = accuracyView.findings(analysis);
  expect(finding).toMatch(
    /^The gamma on .* loses most accuracy to latency: (in a worker|on the main thread) at 120 px\/s results are \d+ ms old, and AP@\.5 is 0\.\d\d, where fresh ones have 1\.00\.$/,
  );
  const [table] = accuracyView.tables(analysis).map(dataOf);
  expect(csvText(table!).split('\n')[0]).toContain('ageMs,ageLowMs,ageHighMs,ageP95Ms,ap50,ap50Low,ap50High,ap,apLow,apHigh');
  const ap50 = table!.columns.find(({ name }) => name === 'ap50')!.values;
  expect(ap50).toEqual([...fast.live, ...slow.live].map(({ measured }) => measured));
  expect(accuracyView.blocks(analysis)).toHaveLength(2);
  expect(accuracyView.brief(analysis)).toHaveLength(1);
});

test('a study without such a pass says nothing of it', () => {
  const analysis = analyzeStudy(buildStudyInput([alpha!], runs.slice(0, 1), { close: [buildLook(alpha!)] }));
  expect(analysis.accuracy).toEqual([]);
  expect([...accuracyView.findings(analysis), ...accuracyView.blocks(analysis), ...accuracyView.brief(analysis)]).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { accuracyOf } from '../../../analyzers/accuracy/accuracy.js';
import { view } from '../../../analyzers/accuracy/view.js';
import { analyze } from '../../../analyzers/index.js';
import type { AccuracyLog } from '../../../src/bundle/accuracyLog.js';
import { renderMarkdown } from '../../../src/report/renderMarkdown.js';
import { renderVerbose } from '../../../src/report/terminal/renderVerbose.js';
import { tableIn } from '../../../src/view/block.js';
import { RunBuilder } from '../buildRun.js';
import { buildAccuracyLog, findAll, fourPages } from './buildAccuracyLog.js';

const slow = { on: 'worker', speedPxPerS: 60, latencyMs: 50, durationMs: 2000 } as const;
const fast = { ...slow, speedPxPerS: 120 };
const known = (rounds: Parameters<typeof buildAccuracyLog>[0]) => ({ accuracy: accuracyOf(buildAccuracyLog(rounds)) });
const notes = (log: AccuracyLog) => analyze(new RunBuilder().input({ accuracy: log })).notes;
const ids = (log: AccuracyLog) => notes(log).map(({ id }) => id);
const answer = (rounds: Parameters<typeof known>[0]): string => {
  const [first] = view.blocks(known(rounds));
  return first!.block === 'paragraph' ? first!.text : '';
};

test('the terminal says of fresh results and of the lower speed what latency costs', () => {
  const lines = view.brief(known([...fourPages(slow), ...fourPages(fast), { ...slow, on: 'main' }]));
  expect(lines.map(({ label }) => label)).toEqual(['Accuracy', '', '']);
  expect(lines[0]!.text).toMatch(/^Text detection: AP@\.5 1\.00, AP@\[\.5:\.95\] 0\.\d\d on fresh results$/);
  expect(lines[1]!.text).toMatch(/^on the main thread at 60 px\/s, [\d.]+ ms old: 1\.00 \(no 95 % interval\), 0\.\d\d$/);
  expect(lines[2]!.text).toMatch(/^in a worker at 60 px\/s, [\d.]+ ms old: [\d.]+ \(95 % [\d.]+–[\d.]+\), 0\.\d\d$/);
  for (const { text } of lines) expect(text.length).toBeLessThan(80);
});

test('the section has what was shown, the chart and the curve', () => {
  const blocks = view.blocks(known([slow, fast]));
  expect(blocks.map(({ block }) => block)).toEqual(['paragraph', 'paragraph', 'table', 'figure', 'table']);
  const still = view.blocks(known([]));
  expect(still.map(({ block }) => block)).toEqual(['paragraph', 'paragraph', 'figure', 'table']);
});

test('the table has what is measured beside what follows from ages and from latencies', () => {
  const { accuracy } = known(fourPages(fast));
  const [row] = accuracy!.live;
  const shown = view.blocks({ accuracy }).find(({ block }) => block === 'table');
  const { columns, rows } = tableIn('data', shown as Parameters<typeof tableIn>[1]);
  const values = Object.fromEntries(columns.map(({ id }, i) => [id, rows[0]![i]!.value]));
  const { pages, measured, replayed, predicted, measuredAp, predictedAp } = row!;
  expect(values).toMatchObject({ pages, measured, replayed, predicted, measuredAp, predictedAp });
  expect(columns.filter(({ interval }) => interval).map(({ id }) => id)).toEqual(['ageP50Ms', 'measured', 'measuredAp']);
});

describe('a worker and the main thread', () => {
  const late = { ...fast, latencyMs: 150 };

  test('are compared where the intervals of their pages are apart', () => {
    const main = fourPages({ ...fast, on: 'main' });
    expect(answer([...main, ...fourPages(late)])).toMatch(
      /At 120 px\/s results are [\d.]+ ms old on the main thread and [\d.]+ ms old in a worker: AP@\.5 \d\.\d\d \(95 % [^)]*\) and 0\.\d\d \(95 % [^)]*\), so the main thread is more accurate\./,
    );
    const swapped = [...fourPages({ ...late, on: 'main', latencyMs: 200 }), ...fourPages(fast)];
    expect(answer(swapped)).toContain(', so a worker is more accurate.');
  });

  test('are not where they overlap, or few pages were seen', () => {
    const pages = (on: 'main' | 'worker', latencies: readonly number[]) =>
      latencies.map((latencyMs, round) => ({ ...fast, on, latencyMs, round }));
    const overlapping = answer([...pages('main', [40, 90, 200]), ...pages('worker', [50, 120, 150])]);
    expect(overlapping).toContain(', which is no certain difference, as the intervals overlap.');
    expect(overlapping).not.toContain('more accurate');
    expect(answer([{ ...fast, on: 'main' }, late])).toContain(', of too few pages to tell a difference.');
    expect(answer([late])).toMatch(/At 120 px\/s results are [\d.]+ ms old in a worker: AP@\.5 0\.\d\d \(no 95 % interval\)\.$/);
  });
});

test('it is said how many pages there were, and warned of fewer than three', () => {
  const four = buildAccuracyLog(fourPages(slow));
  expect(JSON.stringify(view.blocks({ accuracy: accuracyOf(four) }))).toContain(
    'there are 4 fresh pages, in rounds of random order',
  );
  expect(ids(four)).not.toContain('accuracy-few-pages');
  const mixed = buildAccuracyLog([...fourPages(slow), { ...slow, on: 'main' }]);
  expect(JSON.stringify(view.blocks({ accuracy: accuracyOf(mixed) }))).toContain('there are 1 to 4 fresh pages');
  expect(notes(mixed).find(({ id }) => id === 'accuracy-few-pages')!.text).toContain('(on the main thread at 60 px/s: 1)');
});

test('rounds that showed nothing are told', () => {
  const nothing = { ...slow, latencyMs: 20_000, round: 9 };
  const told = notes(buildAccuracyLog([...fourPages(slow), nothing])).find(({ id }) => id === 'accuracy-nothing-shown');
  expect(told!.text).toContain('In 1 of 5 rounds');
  expect(ids(buildAccuracyLog(fourPages(slow)))).not.toContain('accuracy-nothing-shown');
});

test('it is shown also where no page was used', () => {
  const analysis = analyze(new RunBuilder().input({ accuracy: buildAccuracyLog(fourPages(slow)), qoe: null }));
  expect(analysis.qoe).toBeNull();
  expect(analysis.accuracy!.live[0]!.pages).toBe(4);
  expect(renderVerbose(analysis, { width: 100, color: false })).toContain('in a worker at 60 px/s, ');
  expect(renderMarkdown(analysis)).toContain('Accuracy under latency');
});

test('nothing is said of a run that detected nothing for this', () => {
  expect(view.blocks({ accuracy: null })).toEqual([]);
  expect(view.brief({ accuracy: null })).toEqual([]);
  const analysis = analyze(new RunBuilder().input({}));
  expect(analysis.accuracy).toBeNull();
  expect(analysis.notes.filter(({ id }) => /accuracy|detect|scene/.test(id))).toEqual([]);
});

test('a detector that fails on fresh pictures, or did otherwise while the scene moved, is warned of', () => {
  const blind = (pathPx: number) => findAll(pathPx).slice(0, 3);
  expect(ids(buildAccuracyLog([slow]))).not.toEqual(expect.arrayContaining(['accuracy-fresh']));
  expect(ids(buildAccuracyLog([slow]))).not.toEqual(expect.arrayContaining(['accuracy-replay']));
  expect(ids(buildAccuracyLog([slow], blind))).toContain('accuracy-fresh');
  expect(ids(buildAccuracyLog([{ ...slow, find: blind }]))).toContain('accuracy-replay');
});

test('nothing is made up of another scene, or where nothing was detected', () => {
  const log = buildAccuracyLog([slow]);
  const other = { ...log, scene: { ...log.scene, version: log.scene.version + 1 } };
  expect(ids(other)).toContain('other-scene');
  expect(ids(buildAccuracyLog([], () => []))).toContain('no-detections');
});

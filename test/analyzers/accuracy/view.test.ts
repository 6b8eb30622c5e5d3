import { expect, test } from 'vitest';
import { accuracyOf } from '../../../analyzers/accuracy/accuracy.js';
import { view } from '../../../analyzers/accuracy/view.js';
import { analyze } from '../../../analyzers/index.js';
import type { AccuracyLog } from '../../../src/bundle/accuracyLog.js';
import { RunBuilder } from '../buildRun.js';
import { buildAccuracyLog, findAll } from './buildAccuracyLog.js';

const slow = { on: 'worker', speedPxPerS: 60, latencyMs: 50 } as const;
const fast = { ...slow, speedPxPerS: 120 };
const known = (rounds: Parameters<typeof buildAccuracyLog>[0]) => ({ qoe: { accuracy: accuracyOf(buildAccuracyLog(rounds)) } });
const ids = (log: AccuracyLog) => analyze(new RunBuilder().input({ accuracy: log })).notes.map(({ id }) => id);

test('the terminal says of fresh results and of the lower speed what latency costs', () => {
  const lines = view.brief(known([slow, fast, { ...slow, on: 'main' }]));
  expect(lines.map(({ label }) => label)).toEqual(['Accuracy', '', '']);
  expect(lines[0]!.text).toMatch(/^Text detection: AP@\.5 1\.00, AP@\[\.5:\.95\] 0\.\d\d on fresh results$/);
  expect(lines[1]!.text).toMatch(/^in a worker at 60 px\/s results are [\d.]+ ms old \(p95 100 ms\): 1\.00, 0\.\d\d$/);
  expect(lines[2]!.text).toMatch(/^on the main thread at 60 px\/s /);
  for (const { text } of lines) expect(text.length).toBeLessThan(80);
});

test('the section has what was shown, the chart and the curve', () => {
  const blocks = view.blocks(known([slow, fast]));
  expect(blocks.map(({ block }) => block)).toEqual(['paragraph', 'paragraph', 'table', 'figure', 'table']);
  const still = view.blocks(known([]));
  expect(still.map(({ block }) => block)).toEqual(['paragraph', 'paragraph', 'figure', 'table']);
});

test('nothing is said of a run that detected nothing for this', () => {
  expect(view.blocks({ qoe: { accuracy: null } })).toEqual([]);
  expect(view.brief({ qoe: null })).toEqual([]);
  const analysis = analyze(new RunBuilder().input({}));
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

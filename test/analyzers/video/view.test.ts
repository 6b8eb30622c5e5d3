import { expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { videoAccuracyOf } from '../../../analyzers/video/videoAccuracy.js';
import { view } from '../../../analyzers/video/view.js';
import type { VideoLog } from '../../../src/bundle/videoLog.js';
import { RunBuilder } from '../buildRun.js';
import { buildVideoLog, square } from './buildVideoLog.js';

const worker = { on: 'worker', latencyMs: 30 } as const;
const rounds = [0, 1, 2].flatMap((round) => [
  { ...worker, round },
  { ...worker, round, on: 'main' as const },
]);
const known = (log: VideoLog) => ({ video: videoAccuracyOf(log) });
const ids = (log: VideoLog) => analyze(new RunBuilder().input({ video: log })).notes.map(({ id }) => id);

test('the terminal says what was right of fresh results, and of those that were shown', () => {
  const lines = view.brief(known(buildVideoLog({ rounds })));
  expect(lines.map(({ label }) => label)).toEqual(['Your video', '', '']);
  expect(lines[0]!.text).toBe('Object detection: AP@.5 1.00, AP@[.5:.95] 1.00 on fresh results');
  expect(lines[1]!.text).toMatch(/^on the main thread, [\d.]+ ms old: 1\.00 \(95 % 1\.00–1\.00\), 0\.\d\d$/);
  expect(lines[2]!.text).toMatch(/^in a worker, /);
  for (const { text } of lines) expect(text.length).toBeLessThan(80);
});

test('the section has what was shown, the chart and the curve; of a classifier without average precision', () => {
  const kinds = (log: VideoLog) => view.blocks(known(log)).map(({ block }) => block);
  expect(kinds(buildVideoLog({ rounds }))).toEqual(['paragraph', 'paragraph', 'table', 'figure', 'table']);
  expect(kinds(buildVideoLog())).toEqual(['paragraph', 'paragraph', 'figure', 'table']);
  const scene = (frame: number) => [{ category: 1 + (frame % 2), box: [0, 0, 600, 100] as const }];
  const text = JSON.stringify(view.blocks(known(buildVideoLog({ what: 'class', labels: scene, rounds }))));
  expect(text).toContain('top-1');
  expect(text).not.toContain('AP@');
});

test('a place is called more accurate only where the intervals of pages are apart', () => {
  const first = (log: VideoLog) => JSON.stringify(view.blocks(known(log))[0]);
  const at = (on: 'main' | 'worker', latencies: readonly number[]) =>
    latencies.map((latencyMs, round) => ({ on, round, latencyMs }));
  const fast = at('main', [30, 31, 32]);
  expect(first(buildVideoLog({ rounds: [...fast, ...at('worker', [150, 151, 152])] }))).toContain(
    'so the main thread is more accurate',
  );
  expect(first(buildVideoLog({ rounds: [...fast, ...at('worker', [30, 100, 150])] }))).toContain('no certain difference');
  expect(first(buildVideoLog({ rounds: [...fast, ...at('worker', [150])] }))).toContain('too few pages');
  expect(first(buildVideoLog({ rounds: fast }))).toMatch(/Results are [\d.]+ ms old on the main thread: AP@\.5 1\.00/);
});

test('nothing is said of a run without a video', () => {
  expect(view.blocks({ video: null })).toEqual([]);
  expect(view.brief({ video: null })).toEqual([]);
  expect(analyze(new RunBuilder().input({})).notes.filter(({ id }) => id.startsWith('video'))).toEqual([]);
});

test('what makes the numbers doubtful is told', () => {
  const video = (log: VideoLog) => ids(log).filter((id) => /^(video|no-labelled)/.test(id));
  expect(video(buildVideoLog({ rounds }))).toEqual([]);
  expect(video(buildVideoLog({ find: (frame) => square(frame + 60) }))).toEqual(['video-fresh']);
  expect(video(buildVideoLog({ every: 3 }))).toEqual(['video-every']);
  expect(video(buildVideoLog({ unreached: [5, 6] }))).toEqual(['video-unreached']);
  expect(video(buildVideoLog({ labels: () => [] }))).toEqual(['no-labelled-frames']);
  expect(video(buildVideoLog({ rounds: rounds.slice(0, 4) }))).toEqual(['video-few-pages', 'video-few-pages']);
  expect(video(buildVideoLog({ rounds: [...rounds, { ...worker, round: 3, latencyMs: 60_000 }] }))).toEqual([
    'video-nothing-shown',
  ]);
  const log = buildVideoLog({ rounds: rounds.filter(({ on }) => on === 'worker') });
  const dropped = log.rounds.map((round) => ({ ...round, playback: { total: 100, dropped: 20 } }));
  expect(video({ ...log, rounds: dropped })).toEqual(['video-dropped']);
  const blind = log.rounds.map((round) => ({ ...round, found: { ...round.found, category: round.found.category.map(() => 2) } }));
  expect(video({ ...log, rounds: blind })).toEqual(['video-replay']);
});

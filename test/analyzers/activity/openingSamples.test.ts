import { expect, test } from 'vitest';
import type { Activity } from '../../../analyzers/activity/callStacks.js';
import { openingSamples, taskBorders } from '../../../analyzers/activity/threadSpans.js';

const INTERVAL_US = 1000;

/** Which of the samples, given as [time, activity], open what the next one tells of. */
function opening(samples: readonly (readonly [number, Activity])[], tasks: readonly (readonly [number, number])[]): number[] {
  const borders = taskBorders(tasks.map(([startUs, endUs]) => ({ startUs, endUs })));
  const opens = openingSamples(
    Float64Array.from(samples, ([atUs]) => atUs),
    (i) => samples[i]![1],
    (i) => borders.placeOf(samples[i]![0]),
    INTERVAL_US,
  );
  return samples.flatMap(([atUs], i) => (opens(i) ? [atUs] : []));
}

test('the sample behind rest, and the one close behind that, open what comes', () => {
  const behind: [number, Activity][] = [
    [4200, 'isa.simd128'],
    [5000, 'isa.simd128'],
  ];
  expect(opening([[0, 'idle'], [1000, 'unattributed'], ...behind], [])).toEqual([1000]);
  expect(opening([[0, 'idle'], [1000, 'unattributed'], [1100, 'unattributed'], ...behind], [])).toEqual([1100]);
  expect(opening([[0, 'idle'], [1000, 'unattributed'], [2000, 'unattributed'], ...behind], [])).toEqual([]);
});

test('so does the first one of a task, whatever came before it', () => {
  const samples: [number, Activity][] = [
    [0, 'unattributed'],
    [1160, 'unattributed'],
    [4500, 'isa.scalar'],
  ];
  expect(opening(samples, [])).toEqual([]);
  expect(
    opening(samples, [
      [-500, 900],
      [1000, 6000],
    ]),
  ).toEqual([1160]);
  expect(opening(samples, [[-500, 6000]])).toEqual([]);
});

test('nothing is the next one’s that is of another task', () => {
  const samples: [number, Activity][] = [
    [0, 'idle'],
    [1000, 'unattributed'],
    [4500, 'isa.scalar'],
  ];
  expect(
    opening(samples, [
      [900, 3000],
      [4000, 6000],
    ]),
  ).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { orderOfRuns, timeLeft } from '../../../collectors/study/studyOrder.js';
import type { StudyRun } from '../../../src/bundle/study.js';

const cells = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({ id }));

describe('the order of a study’s runs', () => {
  const order = orderOfRuns(cells, 4, 1);
  const round = (number: number) => order.filter((run) => run.round === number).map(({ cell }) => cell);

  test('has every cell once in every round, round by round', () => {
    expect(order.map((run) => run.round)).toEqual([0, 1, 2, 3].flatMap((number) => cells.map(() => number)));
    for (const number of [0, 1, 2, 3]) expect(round(number).sort()).toEqual(cells.map(({ id }) => id));
  });

  test('is another in every round', () => {
    expect(
      new Set(
        [0, 1, 2, 3].map((number) =>
          order
            .filter((run) => run.round === number)
            .map(({ cell }) => cell)
            .join(''),
        ),
      ).size,
    ).toBe(4);
  });

  test('is the same for the same seed, and another for another', () => {
    expect(orderOfRuns(cells, 4, 1)).toEqual(order);
    expect(orderOfRuns(cells, 4, 2)).not.toEqual(order);
  });
});

const order = [0, 1, 2].flatMap((round) => ['a', 'b'].map((cell) => ({ cell, round })));
const ran = (cell: string, round: number, tookMs: number, outcome: StudyRun['outcome'] = 'done'): StudyRun => ({
  cell,
  round,
  outcome,
  reason: null,
  startedAt: '2026-01-01T00:00:00Z',
  tookMs,
});

test('before a run is done, nothing is known of the time left', () => {
  expect(timeLeft({ order, runs: [] })).toBeNull();
  expect(timeLeft({ order, runs: [ran('a', 0, 5, 'failed')] })).toBeNull();
});

test('in the first round the time left is an upper bound, since later rounds only time', () => {
  expect(timeLeft({ order, runs: [ran('a', 0, 40)] })).toEqual({ ms: 5 * 40, atMost: true });
});

test('later it is made of what runs of the same cell took, or else of all of such a round', () => {
  const first = [ran('a', 0, 40), ran('b', 0, 60)];
  expect(timeLeft({ order, runs: [...first, ran('a', 1, 10)] })).toEqual({ ms: 10 + 10 + 10, atMost: false });
  expect(timeLeft({ order, runs: [...first, ran('a', 1, 10), ran('b', 1, 30)] })).toEqual({ ms: 10 + 30, atMost: false });
});

test('cells that are not tried again take no time', () => {
  expect(timeLeft({ order, runs: [ran('a', 0, 40), ran('b', 0, 5, 'failed'), ran('a', 1, 10)] })).toEqual({
    ms: 10,
    atMost: false,
  });
});

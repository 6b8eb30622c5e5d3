import { describe, expect, test } from 'vitest';
import { orderOfRuns } from '../../../collectors/study/studyOrder.js';

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

import { expect, test } from 'vitest';
import { type Column, table, tableIn } from '../../src/view/block.js';

interface Run {
  readonly id: string;
  readonly name: string;
  readonly ms: number;
  readonly wrong: boolean;
}

const columns: readonly Column<Run>[] = [
  { id: 'id', head: 'Id', kind: 'text', in: ['data'], value: ({ id }) => id },
  { id: 'name', head: 'Name', kind: 'text', value: ({ name }) => name, doubt: ({ wrong }) => (wrong ? 'is wrong' : null) },
  {
    id: 'predictionMs',
    head: 'Prediction',
    kind: 'ms',
    value: ({ ms }) => ms,
    ci95: ({ ms }) => [ms - 1, ms + 1],
    note: () => 'of three rounds',
    short: { head: 'Pred.', note: () => '(3)' },
  },
  { id: 'rank', head: 'Rank', kind: 'count', in: ['page', 'terminal'], value: () => 1, short: { value: () => 2 } },
];
const runs = table('Runs', columns, [{ id: 'a', name: 'alpha', ms: 10, wrong: true }]);

test('a table holds for each medium the columns that it draws', () => {
  const ids = (['data', 'page', 'terminal'] as const).map((medium) => tableIn(medium, runs).columns.map(({ id }) => id));
  expect(ids).toEqual([
    ['id', 'name', 'predictionMs'],
    ['name', 'predictionMs', 'rank'],
    ['name', 'predictionMs', 'rank'],
  ]);
  expect(tableIn('data', runs).columns.map(({ interval }) => interval)).toEqual([false, false, true]);
});

test('the terminal draws the short form of what has one, and everything else alike', () => {
  const [page, terminal] = (['page', 'terminal'] as const).map((medium) => tableIn(medium, runs));
  expect(page!.columns.map(({ head }) => head)).toEqual(['Name', 'Prediction', 'Rank']);
  expect(terminal!.columns.map(({ head }) => head)).toEqual(['Name', 'Pred.', 'Rank']);
  expect(page!.rows[0]!.map(({ value, notes, doubt }) => [value, notes, doubt])).toEqual([
    ['alpha', [], 'is wrong'],
    [10, ['of three rounds'], null],
    [1, [], null],
  ]);
  expect(terminal!.rows[0]!.map(({ value, notes, ci95 }) => [value, notes, ci95])).toEqual([
    ['alpha', [], null],
    [10, ['(3)'], [9, 11]],
    [2, [], null],
  ]);
});

test('a table is data: it survives JSON', () => {
  expect(JSON.parse(JSON.stringify(runs))).toEqual(runs);
});

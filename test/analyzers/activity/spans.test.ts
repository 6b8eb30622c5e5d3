import { describe, expect, test } from 'vitest';
import { clip, flatten, lengthWithin, overlay, type Span, subtract, totalUs, union } from '../../../analyzers/activity/spans.js';
import { random } from '../../../src/stats/random.js';

const span = <T>(startUs: number, endUs: number, value: T): Span<T> => ({ startUs, endUs, value });

/** Sorted spans without overlap, some of them touching. */
function apart(next: () => number, count: number, name: string): Span<string>[] {
  let at = Math.floor(next() * 10);
  return Array.from({ length: count }, (_, i) => {
    const startUs = at + (next() < 0.3 ? 0 : Math.floor(next() * 20));
    at = startUs + 1 + Math.floor(next() * 30);
    return span(startUs, at, `${name}${i}`);
  });
}

/** Nested spans, outermost first: each lies in the one before it or begins after that has ended. */
function nested(next: () => number, startUs: number, endUs: number, depth: number): Span<string>[] {
  const result: Span<string>[] = [];
  for (let at = startUs; at < endUs; ) {
    const from = at + Math.floor(next() * 10);
    const to = from + Math.floor(next() * 40);
    if (to > endUs) break;
    result.push(span(from, to, `${depth}@${from}`));
    if (depth < 4) result.push(...nested(next, from, to, depth + 1));
    at = to + 1;
  }
  return result;
}

function expectSortedApart(spans: readonly Span<unknown>[]): void {
  for (const [i, { startUs, endUs }] of spans.entries()) {
    expect(startUs).toBeLessThan(endUs);
    if (i > 0) expect(startUs).toBeGreaterThanOrEqual(spans[i - 1]!.endUs);
  }
}

/** The value at a moment, by looking at all spans. */
const at = <T>(spans: readonly Span<T>[], us: number): T | undefined =>
  spans.find(({ startUs, endUs }) => startUs <= us && us < endUs)?.value;

function testSeeded(sentence: string, check: (next: () => number) => void): void {
  test(sentence, () => {
    for (let seed = 1; seed <= 50; seed++) check(random(seed));
  });
}

describe('overlay', () => {
  test('lets the upper spans count where both are', () => {
    expect(overlay([span(0, 10, 'a')], [span(2, 4, 'b')])).toEqual([span(0, 2, 'a'), span(2, 4, 'b'), span(4, 10, 'a')]);
    expect(overlay([], [span(2, 4, 'b')])).toEqual([span(2, 4, 'b')]);
    expect(overlay([span(2, 4, 'a')], [])).toEqual([span(2, 4, 'a')]);
  });

  testSeeded('has the value of the upper one, else of the lower one, at every moment', (next) => {
    const lower = apart(next, 20, 'a');
    const upper = apart(next, 15, 'b');
    const result = overlay(lower, upper);
    expectSortedApart(result);
    for (let us = 0; us < 1200; us++) expect(at(result, us)).toBe(at(upper, us) ?? at(lower, us));
    expect(totalUs(result)).toBe(totalUs(subtract(lower, upper)) + totalUs(upper));
  });
});

describe('subtract', () => {
  testSeeded('leaves what is not covered, and its length is what the cover did not take', (next) => {
    const spans = apart(next, 20, 'a');
    const covers = apart(next, 15, 'b');
    const left = subtract(spans, covers);
    expectSortedApart(left);
    for (let us = 0; us < 1200; us++) expect(at(left, us)).toBe(at(covers, us) === undefined ? at(spans, us) : undefined);
  });

  test('of itself is nothing, and of nothing is itself', () => {
    const spans = apart(random(7), 20, 'a');
    expect(subtract(spans, spans)).toEqual([]);
    expect(subtract(spans, [])).toEqual(spans);
  });
});

describe('flatten', () => {
  test('gives every moment the innermost span', () => {
    const flat = flatten([span(0, 10, 'a'), span(2, 6, 'b'), span(3, 4, 'c'), span(12, 13, 'd')]);
    expect(flat).toEqual([
      span(0, 2, 'a'),
      span(2, 3, 'b'),
      span(3, 4, 'c'),
      span(4, 6, 'b'),
      span(6, 10, 'a'),
      span(12, 13, 'd'),
    ]);
  });

  testSeeded('keeps the time that any span covers, and no more', (next) => {
    const spans = nested(next, 0, 500, 0);
    const flat = flatten(spans);
    expectSortedApart(flat);
    expect(totalUs(flat)).toBe(totalUs(union(spans)));
    for (let us = 0; us < 500; us++) {
      expect(at(flat, us)).toBe(spans.findLast(({ startUs, endUs }) => startUs <= us && us < endUs)?.value);
    }
  });

  test('survives spans that begin inside another and end after it', () => {
    const flat = flatten([span(0, 10, 'a'), span(5, 15, 'b'), span(12, 13, 'c')]);
    expectSortedApart(flat);
    expect(totalUs(flat)).toBe(15);
  });
});

describe('clip', () => {
  testSeeded('keeps what lies inside, of the length that lies inside', (next) => {
    const spans = apart(next, 20, 'a');
    const startUs = Math.floor(next() * 300);
    const endUs = startUs + Math.floor(next() * 300);
    const clipped = clip(spans, startUs, endUs);
    expectSortedApart(clipped);
    expect(totalUs(clipped)).toBe(
      spans.reduce((sum, one) => sum + Math.max(0, Math.min(one.endUs, endUs) - Math.max(one.startUs, startUs)), 0),
    );
  });

  test('to no time is nothing', () => {
    expect(clip([span(0, 10, 'a')], 5, 5)).toEqual([]);
  });
});

describe('union', () => {
  test('joins spans that overlap or touch', () => {
    const spans = [span(0, 5, 1), span(2, 3, 2), span(5, 7, 3), span(8, 9, 4)];
    expect(union(spans)).toEqual([span(0, 7, null), span(8, 9, null)]);
  });
});

test('lengthWithin is what clip leaves', () => {
  const spans = [
    { startUs: 0, endUs: 10, value: null },
    { startUs: 10, endUs: 12, value: null },
    { startUs: 20, endUs: 30, value: null },
  ];
  const within = lengthWithin(spans);
  for (const [startUs, endUs] of [
    [-5, 5],
    [3, 11],
    [12, 20],
    [15, 25],
    [25, 40],
    [-5, 40],
  ] as const)
    expect(within(startUs, endUs)).toBe(totalUs(clip(spans, startUs, endUs)));
  expect(lengthWithin([])(0, 10)).toBe(0);
});

import { expect, test } from 'vitest';
import { pairMarks } from '../../../src/trace/build/pairMarks.js';

const kinds = { b: 0, e: 1, p: 2 } as const;

/** Pairs marks on one line, each written as kind, name (a digit, 0 for none) and time: `b1@5`. */
function pair(text: string): number[] {
  const marks = text.split(' ').map((mark) => /^([bep])(\d)@(\d+)$/.exec(mark)!);
  const { partner } = pairMarks({
    line: new Int32Array(marks.length),
    lines: 1,
    atUs: Float64Array.from(marks, ([, , , at]) => Number(at)),
    name: Uint32Array.from(marks, ([, , name]) => Number(name)),
    names: 10,
    kind: Uint8Array.from(marks, ([, kind]) => kinds[kind as 'b']),
  });
  return [...partner];
}

test('an end closes the innermost begin of its name', () => {
  expect(pair('b1@0 b1@1 e1@2 e1@3')).toEqual([3, 2, 1, 0]);
});

test('an end with a name leaves open what was begun inside', () => {
  expect(pair('b1@0 b2@1 e1@2 e2@3')).toEqual([2, 3, 0, 1]);
});

test('an end without a name closes the innermost that is open', () => {
  expect(pair('b1@0 b2@1 e0@2 e0@3')).toEqual([3, 2, 1, 0]);
  expect(pair('b1@0 b2@1 b3@2 e2@3 e0@4 e0@5')).toEqual([5, 3, 4, 1, 2, 0]);
});

test('an end of another name closes nothing', () => {
  expect(pair('b1@0 e2@1')).toEqual([-1, -1]);
  expect(pair('e0@1')).toEqual([-1]);
});

test('marks count in order of time, and of the trace where times are equal', () => {
  expect(pair('e1@9 b1@0')).toEqual([1, 0]);
  expect(pair('e1@5 b1@5')).toEqual([-1, -1]);
});

test('where marks are out of order, an end comes before begins of its time, unless nothing is open that it could close', () => {
  expect(pair('b1@5 b1@0 e1@9 e1@5')).toEqual([2, 3, 0, 1]);
  expect(pair('e1@5 b2@6 b1@5 e2@7')).toEqual([2, 3, 0, 1]);
  expect(pair('e1@5 b1@5 e1@5 b2@0 b1@5')).toEqual([4, 2, 1, -1, 0]);
  expect(pair('e0@5 b1@5 b2@0 e2@1')).toEqual([1, 0, 3, 2]);
  expect(pair('e2@5 b1@5 b2@4 b3@0')).toEqual([2, -1, 0, -1]);
});

test('depth is how many are open', () => {
  const { depth } = pairMarks({
    line: Int32Array.of(0, 0, 0, 0, 1),
    lines: 2,
    atUs: Float64Array.of(0, 1, 2, 3, 4),
    name: Uint32Array.of(1, 2, 3, 1, 1),
    names: 4,
    kind: Uint8Array.of(0, 0, 2, 1, 0),
  });
  expect([...depth]).toEqual([0, 1, 2, 0, 0]);
});

test('half a million open begins that are closed by name from the outside take no time to speak of', () => {
  const open = 500_000;
  const startMs = performance.now();
  const { partner } = pairMarks({
    line: new Int32Array(2 * open),
    lines: 1,
    atUs: Float64Array.from({ length: 2 * open }, (_, i) => i),
    name: Uint32Array.from({ length: 2 * open }, (_, i) => i % open),
    names: open,
    kind: Uint8Array.from({ length: 2 * open }, (_, i) => (i < open ? 0 : 1)),
  });
  expect(partner[1]).toBe(open + 1);
  expect(performance.now() - startMs).toBeLessThan(5000);
});

import { expect, test } from 'vitest';
import { stretchesChart, threadNames } from '../../src/view/stretchesChart.js';

test('names that are the same when shortened are told apart by a number, and only those', () => {
  const long = 'w'.repeat(60);
  const [first, other, second] = threadNames([`${long}1`, 'Compositor', `${long}2`]);
  expect(other).toBe('Compositor');
  expect([first, second]).toEqual([expect.stringMatching(/^w+… #1$/), expect.stringMatching(/^w+… #3$/)]);
  expect(threadNames(['ab', 'ac'], (thread) => thread[0]!)).toEqual(['a #1', 'a #2']);
});

test('a bar spans its ends on an axis as long as the whole, with a field of the tooltip for each title', () => {
  const bar = { thread: 'main', place: 0, from: 2, to: 5, fill: '#0072b2', what: 'task' };
  const spec = stretchesChart([bar], { lengthMs: 9, title: 'ms', step: 26, tooltip: { what: 'What', thread: 'Thread' } });
  expect(spec).toMatchObject({
    data: { values: [bar] },
    encoding: {
      x: { field: 'from', scale: { domain: [0, 9] }, axis: { title: 'ms' } },
      x2: { field: 'to' },
      tooltip: [
        { field: 'what', title: 'What' },
        { field: 'thread', title: 'Thread' },
      ],
    },
  });
});

import { expect, test } from 'vitest';
import { rowsOf, valuesOf } from '../../table/rowsOf.js';
import { event, readEvents } from '../buildTrace.js';

const cat = 'blink.user_timing';

test('marks, measures, console.time and console.timeStamp are there, sorted by start', () => {
  const { tables } = readEvents(
    event.instant('start', 10, { cat, tts: 400 }),
    event.async('b', 'inference', 10, '0x2', { cat, tid: 11 }),
    event.async('e', 'inference', 30, '0x2', { cat, tid: 11 }),
    event.async('b', 'timer', 5, '0x3', { cat: 'blink.console' }),
    event.async('e', 'timer', 6, '0x3', { cat: 'blink.console' }),
    event.instant('TimeStamp', 40, { args: { data: { message: 'here' } } }),
  );
  expect(rowsOf(tables.userTiming)).toEqual([
    { kind: 'console', name: 'timer', thread: 0, startUs: 5, durationUs: 1, cpuAtUs: Number.NaN, unclosed: 0 },
    { kind: 'measure', name: 'inference', thread: 1, startUs: 10, durationUs: 20, cpuAtUs: Number.NaN, unclosed: 0 },
    { kind: 'mark', name: 'start', thread: 0, startUs: 10, durationUs: 0, cpuAtUs: 400, unclosed: 0 },
    { kind: 'console', name: 'here', thread: 0, startUs: 40, durationUs: 0, cpuAtUs: Number.NaN, unclosed: 0 },
  ]);
});

test('they also stand in the tables of what they are', () => {
  const { tables } = readEvents(event.instant('start', 10, { cat }), event.async('b', 'inference', 10, '0x2', { cat }));
  expect([tables.instants.length, tables.asyncSlices.length, tables.userTiming.length]).toEqual([1, 1, 2]);
});

test('older traces have marks as R events, and more than one category', () => {
  const { tables } = readEvents({ ph: 'R', name: 'mine', ts: 1, cat: 'blink.user_timing,rail' });
  expect(valuesOf(tables.userTiming, 'kind', 'name')).toEqual([['mark', 'mine']]);
});

test('the browser’s own navigation times are none of the page’s', () => {
  const { tables } = readEvents({ ph: 'R', name: 'navigationStart', ts: 1, cat }, { ph: 'R', name: 'domComplete', ts: 2, cat });
  expect(tables.userTiming.length).toBe(0);
  expect(tables.instants.length).toBe(2);
});

test('a measure that the trace does not see the end of is unclosed', () => {
  const { tables } = readEvents(event.async('b', 'inference', 10, '0x2', { cat }), event.instant('x', 25));
  expect(valuesOf(tables.userTiming, 'durationUs', 'unclosed')).toEqual([[15, 1]]);
});

test('console.timeStamp with a start and an end is a span', () => {
  const { tables } = readEvents(
    event.instant('TimeStamp', 40, { args: { data: { name: 'span', start: 20, end: 35, track: 't' } } }),
    event.instant('TimeStamp', 41, { args: { data: { name: 'labels', start: 'a', end: 'b' } } }),
  );
  expect(valuesOf(tables.userTiming, 'name', 'startUs', 'durationUs')).toEqual([
    ['span', 20, 15],
    ['labels', 41, 0],
  ]);
});

test('names are kept to the letter', () => {
  const name = 'a "b" \\ </script> é ☃ 😀 \u0000';
  const { tables } = readEvents(event.instant(name, 1, { cat }));
  expect(valuesOf(tables.userTiming, 'name')).toEqual([[name]]);
});

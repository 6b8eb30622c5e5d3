import { expect, test } from 'vitest';
import { PERFETTO, perfettoUrl } from '../../src/report/perfettoUrl.js';

const window = { startUs: 1_000_000.5, endUs: 1_010_000.5 };

test('the address has the trace, and the window in ns with some room around it', () => {
  const url = new URL(perfettoUrl(PERFETTO, 'http://127.0.0.1:9001/trace.json.gz', window));
  expect(url.origin).toBe(PERFETTO);
  const args = new URLSearchParams(url.hash.replace('#!/?', ''));
  expect(Object.fromEntries(args)).toEqual({
    url: 'http://127.0.0.1:9001/trace.json.gz',
    visStart: '999000500',
    visEnd: '1011000500',
  });
});

test('without a window the whole trace is shown, and a copy of Perfetto may have a path', () => {
  expect(perfettoUrl('http://tools.example/perfetto/', 'http://127.0.0.1:9001/t', null)).toBe(
    'http://tools.example/perfetto/#!/?url=http%3A%2F%2F127.0.0.1%3A9001%2Ft',
  );
});

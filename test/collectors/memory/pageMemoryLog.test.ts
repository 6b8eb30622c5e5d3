import { expect, test } from 'vitest';
import { PageMemoryLog } from '../../../collectors/memory/pageMemoryLog.js';

const rows = (...atMs: number[]) => ({
  atMs,
  wasmBytes: atMs.map(() => 1),
  tensorBytes: atMs.map(() => null),
  gpuBytes: atMs.map(() => null),
});

test('the page’s rows are put on the clock of the asker by the quickest answer', async () => {
  let nowMs = 0;
  const log = new PageMemoryLog(() => nowMs);
  expect([log.rows.atMs, log.clockErrorMs]).toEqual([[], 0]);
  // The page's clock stands 900 ms behind.
  const ask = (onTheWayMs: number, backMs: number, ...atMs: number[]) =>
    log.take(async () => {
      const answer = { nowMs: nowMs + onTheWayMs - 900, rows: rows(...atMs) };
      nowMs += onTheWayMs + backMs;
      return answer;
    });
  nowMs = 1000;
  await ask(90, 10, 60, 70);
  await ask(2, 2, 300);
  await ask(5, 45, 400);
  expect(log.rows.atMs).toEqual([960, 970, 1200, 1300]);
  expect(log.clockErrorMs).toBe(2);
});

import { expect, test } from 'vitest';
import { heldByCommands } from '../../../analyzers/qoe/heldByCommands.js';
import { RunBuilder } from '../buildRun.js';

const EVERY_MS = 20;

/**
 * A thread of the GPU process that draws a frame at each vsync, and waits so long for the device.
 * @param commandsMs when it takes up commands of a context before that
 */
function held(waitsMs: readonly number[], commandsMs: readonly number[], handler = '.WebGL-0x1') {
  const run = new RunBuilder();
  const gpu = run.thread('CrGpuMain');
  for (const [i, ms] of waitsMs.entries()) {
    gpu.task(i * EVERY_MS + 5, i * EVERY_MS + 5 + ms).slice('ContextVk::finishImpl', i * EVERY_MS + 5, i * EVERY_MS + 5 + ms);
  }
  for (const ms of commandsMs) {
    gpu
      .task(ms, ms + 1)
      .event({ ph: 'X', cat: 'gpu', name: 'CommandBufferService:PutChanged', dur: 1000, args: { handler } }, ms);
  }
  return heldByCommands(run.trace(), 0).map(({ startUs, endUs }) => [startUs / 1000, endUs / 1000]);
}

test('a thread is held by commands of scripts, and by what they make it wait longer than it usually does', () => {
  const usual = [4, 4, 4, 4, 4, 4];
  expect(held([...usual, 12, 4], [6 * EVERY_MS + 1])).toEqual([
    [121, 122],
    [125, 133],
  ]);
});

test('a wait is not theirs if the thread has waited since they were sent, or if it is not longer', () => {
  const usual = [4, 4, 4, 4, 4, 4];
  // The next wait but one is long.
  expect(held([...usual, 4, 12], [6 * EVERY_MS + 1])).toEqual([[121, 122]]);
  expect(held([...usual, 3, 4], [6 * EVERY_MS + 1])).toEqual([[121, 122]]);
});

test('a wait is not theirs where it is not known how long one usually is', () => {
  expect(held([4, 4, 12], [2 * EVERY_MS + 1])).toEqual([[41, 42]]);
});

test('commands of the browser’s own contexts hold nothing up', () => {
  expect(held([4, 4, 4, 4, 4, 4, 12], [6 * EVERY_MS + 1], '.BrowserRasterWorker-0x1')).toEqual([]);
});

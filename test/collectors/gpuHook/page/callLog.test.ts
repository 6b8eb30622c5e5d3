import { expect, test } from 'vitest';
import { CallLog } from '../../../../collectors/gpuHook/page/callLog.js';

test('requests are counted by what was asked for, and answers stay as they are', async () => {
  const log = new CallLog();
  const adapter = {};
  expect(await log.asked('adapter', Promise.resolve(adapter))).toBe(adapter);
  expect(await log.asked('adapter', Promise.resolve(null))).toBeNull();
  const error = new Error('lost');
  await expect(log.asked('device', Promise.reject(error))).rejects.toBe(error);
  await expect(log.asked('device', Promise.reject(new Error('later')))).rejects.toThrow('later');
  log.answered('webgl', 'refused');
  expect(log.read().asked).toEqual([
    { what: 'adapter', count: 2, refused: 1, failed: 0, reason: '' },
    { what: 'device', count: 2, refused: 0, failed: 2, reason: 'lost' },
    { what: 'webgl', count: 1, refused: 1, failed: 0, reason: '' },
  ]);
});

test('each call has the bytes that were held when it was made', () => {
  const log = new CallLog();
  log.timed('readPixels', {}, () => {});
  log.hold(100);
  log.hold(20);
  log.timed('readPixels', {}, () => {});
  log.hold(-100);
  log.timed('readPixels', {}, () => {});
  expect(log.read().calls.heldBytes).toEqual([0, 120, 20]);
});

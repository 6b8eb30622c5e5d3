import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { settle } from '../../../collectors/timing/timingRounds.js';

describe('predictions that do not count yet', () => {
  test('are fifteen where they are quick, asked for one at a time', async () => {
    const asked: number[] = [];
    const took = await settle(async (count) => {
      asked.push(count);
      return [asked.length];
    }, 60_000);
    expect(took).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    expect(new Set(asked)).toEqual(new Set([1]));
  });

  test('are two where one takes longer than the limit', async () => {
    const took = await settle(async () => {
      await pause(5);
      return [5];
    }, 1);
    expect(took).toHaveLength(2);
  });
});

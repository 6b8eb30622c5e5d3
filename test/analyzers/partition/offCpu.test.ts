import { describe, expect, test } from 'vitest';
import type { ScheduledThread } from '../../../analyzers/activity/scheduling.js';
import { runnable } from '../../../analyzers/partition/offCpu.js';

const window = { thread: 0, startUs: 0, endUs: 100, offCpuUs: 60 };
const off = { isKnown: true, inCauses: {}, inCausesUs: 20, elsewhereUs: 40 };
const kernel = (waitedUs: number): ScheduledThread => ({
  row: 0,
  name: 'worker',
  pid: 1,
  tid: 2,
  during: () => ({ ranUs: 40, waitedUs }),
});

describe('runnable', () => {
  test('takes all time off the CPU for run-queue wait where the scheduler says so, and knows nothing without it', () => {
    expect(runnable([{ window, off }], undefined)).toBeNull();
    expect(runnable([{ window, off }], kernel(60))).toEqual({ inCauses: 1, elsewhere: 1 });
    expect(runnable([{ window, off }], kernel(90))).toEqual({ inCauses: 1, elsewhere: 1 });
  });

  test('leaves what exceeds the kernel’s figure with the slices that are a cause first, then elsewhere', () => {
    expect(runnable([{ window, off }], kernel(45))).toEqual({ inCauses: 0.25, elsewhere: 1 });
    expect(runnable([{ window, off }], kernel(30))).toEqual({ inCauses: 0, elsewhere: 0.75 });
    expect(runnable([{ window, off }], kernel(0))).toEqual({ inCauses: 0, elsewhere: 0 });
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import { runProbe } from '../../../../collectors/harness/page/runProbe.js';
import { probe } from '../../../../collectors/probes/probeModules.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** An engine whose kernel takes so many nanoseconds per iteration in its n-th run. */
function engine(nanoseconds: (run: number) => number): void {
  vi.useFakeTimers({ toFake: ['performance'] });
  let runs = 0;
  const run = (iterations: number): void => void vi.advanceTimersByTime(Math.round((iterations * nanoseconds(runs++)) / 1e6));
  vi.spyOn(WebAssembly, 'instantiate').mockResolvedValue({ instance: { exports: { run } } } as never);
}

describe('runProbe', () => {
  test('gives operations per nanosecond', async () => {
    engine(() => 100);
    expect((await runProbe('scalar')).gigaflops).toBeCloseTo(probe('scalar').operationsPerIteration / 100, 6);
    expect((await runProbe('simd128')).gigaflops).toBeCloseTo(probe('simd128').operationsPerIteration / 100, 6);
  });

  test('counts the fastest run, since what slows others down is not the instruction set’s', async () => {
    engine((run) => (run === 40 ? 250 : 300));
    expect((await runProbe('scalar')).gigaflops).toBeCloseTo(0.096, 6);
  });

  test('gives null where the engine refuses the instructions', async () => {
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(await runProbe('relaxed')).toEqual({ gigaflops: null });
  });

  test('gives null where a run never takes long enough to be timed', async () => {
    engine(() => 0);
    expect(await runProbe('scalar')).toEqual({ gigaflops: null });
  });

  test('runs in a real engine', async () => {
    expect((await runProbe('scalar')).gigaflops).toBeGreaterThan(0);
    expect((await runProbe('simd128')).gigaflops).toBeGreaterThan(0);
  });
});

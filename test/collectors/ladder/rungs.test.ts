import { describe, expect, test } from 'vitest';
import { type LadderRun, type Rung, rungsOf } from '../../../collectors/ladder/rungs.js';

const worker: LadderRun = { backend: 'wasm', threads: 2, on: 'worker', cores: 4, simd: null };
const idsOf = (run: Partial<LadderRun>): string[] => rungsOf({ ...worker, ...run }).map(({ id }) => id);

/** V8's switches and the choice of modules are the browser's: the step from native to it is one factor with them. */
function factorsBetween(below: Rung, above: Rung): string[] {
  const common = [below.threads !== above.threads ? 'threads' : '', below.on !== above.on ? 'on' : ''];
  const flags = [...below.v8Flags, ...above.v8Flags].filter(
    (flag) => !(below.v8Flags.includes(flag) && above.v8Flags.includes(flag)),
  );
  const choices = [below.simd !== above.simd ? 'simd' : '', below.backend !== above.backend ? 'backend' : ''];
  const own = below.runtime !== above.runtime ? ['runtime'] : [...flags, ...choices];
  return [...common, ...own].filter((factor) => factor !== '');
}

const runs = [1, 2, 4, 8].flatMap((threads) =>
  (['worker', 'main'] as const).flatMap((on) =>
    [null, true, false].map((simd): LadderRun => ({ backend: 'wasm', threads, on, cores: 4, simd })),
  ),
);

describe('rungsOf', () => {
  test('with two of four threads goes from native to the browser as it comes, a factor at a time', () => {
    expect(idsOf({})).toEqual(['native', 'threads', 'isa+library', 'runtime.tier', 'runtime.stack', 'runtime.bounds']);
  });

  test('with as many threads as cores has one native rung', () => {
    expect(idsOf({ threads: 4 }).slice(0, 2)).toEqual(['native', 'isa+library']);
    const [native] = rungsOf({ ...worker, threads: 8 });
    expect(native!.threads).toBe(8);
  });

  test('on the main thread ends there', () => {
    const rungs = rungsOf({ ...worker, on: 'main' });
    expect(rungs.at(-1)).toMatchObject({ id: 'contention.page', on: 'main' });
    expect(rungs.slice(0, -1).every(({ on }) => on === 'worker')).toBe(true);
  });

  test('without SIMD has a rung that gives that back, below the page as used', () => {
    const rungs = rungsOf({ backend: 'wasm', threads: 1, on: 'main', cores: 2, simd: false });
    expect(rungs.slice(-3).map(({ id, simd }) => [id, simd])).toEqual([
      ['runtime.bounds', true],
      ['isa.simd', false],
      ['contention.page', false],
    ]);
  });

  test('with SIMD, or without a choice, has no such rung', () => {
    for (const simd of [true, null]) {
      const rungs = rungsOf({ ...worker, simd });
      expect(rungs.map(({ id }) => id)).not.toContain('isa.simd');
      expect(rungs.filter(({ runtime }) => runtime === 'browser').every((rung) => rung.simd === simd)).toBe(true);
    }
  });

  test('of a page without isolation is that of the isolated one with the threads asked for, and the page as used on top', () => {
    for (const on of ['worker', 'main'] as const) {
      const rungs = rungsOf({ ...worker, on, threads: 1, threadsIfIsolated: 2 });
      expect(rungs.slice(0, -1)).toEqual(rungsOf({ ...worker, on, threads: 2 }));
      expect(rungs.at(-1)).toMatchObject({
        id: 'threads.isolation',
        threads: 1,
        page: { isolated: false },
        on,
        v8Flags: [],
        side: false,
      });
      expect(rungs.slice(0, -1).every(({ page }) => page.isolated)).toBe(true);
    }
  });

  test.each(runs)('neighbours are exactly one factor apart: $threads threads, $on, SIMD $simd', (run) => {
    const rungs = rungsOf(run);
    for (const [i, above] of rungs.slice(1).entries()) {
      expect([above.id, factorsBetween(rungs[i]!, above)]).toEqual([above.id, [expect.any(String)]]);
    }
  });

  test.each(runs)('begins natively with all cores and ends as the page is used: $threads threads, $on', (run) => {
    const rungs = rungsOf(run);
    expect(rungs[0]).toMatchObject({ id: 'native', runtime: 'native', threads: Math.max(run.threads, run.cores) });
    expect(rungs.at(-1)).toMatchObject({
      runtime: 'browser',
      threads: run.threads,
      on: run.on,
      v8Flags: [],
      simd: run.simd,
    });
    expect(rungs.every(({ side }) => !side)).toBe(true);
    expect(new Set(rungs.map(({ id }) => id)).size).toBe(rungs.length);
  });

  test('each switch of V8 is given back by the rung that is named after it', () => {
    const rungs = rungsOf(worker);
    const given = rungs
      .slice(1)
      .flatMap(({ id, v8Flags }, i) => rungs[i]!.v8Flags.filter((flag) => !v8Flags.includes(flag)).map((flag) => [id, flag]));
    expect(given).toEqual([
      ['runtime.tier', '--no-liftoff'],
      ['runtime.stack', '--no-wasm-stack-checks'],
      ['runtime.bounds', '--no-wasm-bounds-checks'],
    ]);
  });

  describe('of a GPU backend', () => {
    const gpuRuns = ['webgpu', 'webgl'].flatMap((backend) =>
      (['worker', 'main'] as const).flatMap((on) =>
        [undefined, 2].map((threadsIfIsolated): LadderRun => ({ ...worker, backend, on, threadsIfIsolated })),
      ),
    );

    test('goes from the native WebGPU provider by the browser’s WebGPU to the page as used', () => {
      const stepsOf = (run: Partial<LadderRun>): string[] =>
        rungsOf({ ...worker, ...run }).map(({ id, runtime, backend, on }) => `${id}: ${runtime} ${backend} ${on}`);
      expect(stepsOf({ backend: 'webgpu' })).toEqual(['native: native webgpu worker', 'gpu.browser: browser webgpu worker']);
      expect(stepsOf({ backend: 'webgl', on: 'main' })).toEqual([
        'native: native webgpu worker',
        'gpu.browser: browser webgpu worker',
        'gpu.webgl: browser webgl worker',
        'contention.page: browser webgl main',
      ]);
    });

    test.each(gpuRuns)('neighbours are one factor apart, and the top is the page as used: $backend, $on', (run) => {
      const rungs = rungsOf(run);
      for (const [i, above] of rungs.slice(1).entries()) {
        expect([above.id, factorsBetween(rungs[i]!, above)]).toEqual([above.id, [expect.any(String)]]);
      }
      const { backend, on, threads, threadsIfIsolated } = run;
      const isolated = threadsIfIsolated === undefined;
      expect(rungs.at(-1)).toMatchObject({ runtime: 'browser', backend, on, threads, page: { isolated } });
      expect(rungs.every(({ v8Flags, side }) => v8Flags.length === 0 && !side)).toBe(true);
      expect(new Set(rungs.map(({ id }) => id)).size).toBe(rungs.length);
    });
  });

  test('of a Wasm backend is native on the CPU', () => {
    expect(rungsOf(worker).map(({ backend }) => backend)).toEqual(['cpu', 'cpu', 'wasm', 'wasm', 'wasm', 'wasm']);
  });
});

import { describe, expect, test } from 'vitest';
import { type LadderRun, type Rung, rungsOf } from '../../../collectors/ladder/rungs.js';

const worker: LadderRun = { threads: 2, on: 'worker', cores: 4, canStopSpinning: true };
const idsOf = (run: Partial<LadderRun>): string[] => rungsOf({ ...worker, ...run }).map(({ id }) => id);

/** V8's switches and a pool that can be told not to spin are the browser's: the step from native to it is one factor with them. */
function factorsBetween(below: Rung, above: Rung): string[] {
  const common = [below.threads !== above.threads ? 'threads' : '', below.on !== above.on ? 'on' : ''];
  const flags = [...below.v8Flags, ...above.v8Flags].filter(
    (flag) => !(below.v8Flags.includes(flag) && above.v8Flags.includes(flag)),
  );
  const own = below.runtime !== above.runtime ? ['runtime'] : [...flags, below.spinning !== above.spinning ? 'spinning' : ''];
  return [...common, ...own].filter((factor) => factor !== '');
}

const runs = [1, 2, 4, 8].flatMap((threads) =>
  (['worker', 'main'] as const).flatMap((on) =>
    [true, false].map((canStopSpinning): LadderRun => ({ threads, on, cores: 4, canStopSpinning })),
  ),
);

describe('rungsOf', () => {
  test('with two of four threads goes from native to the browser as it comes, a factor at a time', () => {
    expect(idsOf({})).toEqual([
      'native',
      'threads',
      'isa+library',
      'runtime.tier',
      'runtime.stack',
      'runtime.bounds',
      'contention.spin',
    ]);
  });

  test('with one thread has nothing that could spin', () => {
    expect(idsOf({ threads: 1 })).toEqual([
      'native',
      'threads',
      'isa+library',
      'runtime.tier',
      'runtime.stack',
      'runtime.bounds',
    ]);
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

  test('of a framework that cannot be told not to spin has no such rung', () => {
    const rungs = rungsOf({ ...worker, canStopSpinning: false });
    expect(rungs.map(({ id }) => id)).not.toContain('contention.spin');
    expect(rungs.every(({ spinning }) => spinning)).toBe(true);
  });

  test.each(runs)('neighbours are exactly one factor apart: $threads threads, $on, $canStopSpinning', (run) => {
    const rungs = rungsOf(run);
    for (const [i, above] of rungs.slice(1).entries()) {
      expect([above.id, factorsBetween(rungs[i]!, above)]).toEqual([above.id, [expect.any(String)]]);
    }
  });

  test.each(runs)('begins natively with all cores and ends as the page is used: $threads threads, $on', (run) => {
    const rungs = rungsOf(run);
    expect(rungs[0]).toMatchObject({ id: 'native', runtime: 'native', threads: Math.max(run.threads, run.cores) });
    expect(rungs.at(-1)).toMatchObject({ runtime: 'browser', threads: run.threads, on: run.on, v8Flags: [], spinning: true });
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
});

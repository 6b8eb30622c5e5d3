import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../analyzers/index.js';
import { nativeWebGpu } from '../../collectors/baseline/pickNativeDevice.js';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { type Manifest, manifestSchema } from '../../src/bundle/manifest.js';
import { processesWith } from './processesWith.js';
import { BRIEFLY, type Ended, runTrace } from './runTrace.js';

const LADDER = ['collect', '--ladder', '--iterations', '4', '--model', 'tiny-operators'];
/** All that a ladder needs. */
const TIMED = ['--processes', '1', '--passes', 'timing'];
const CAN_LOOK = process.platform === 'linux';
const CAN_TWIN = typeof nativeWebGpu({ executable: findBrowser()?.executable ?? '', softwareRendering: true }) !== 'string';
/** Processes end by themselves, a moment after what they served. */
const END_LIMIT_MS = 10_000;

const manifestOf = async (bundle: string): Promise<Manifest> =>
  manifestSchema.parse(JSON.parse(await readFile(join(bundle, 'run.json'), 'utf8')));
const analysisOf = async (bundle: string): Promise<Analysis> =>
  JSON.parse((await runTrace(['analyze', bundle, '--json'])).stdout);

describe.skipIf(!findBrowser())('a ladder (skipped without a browser: trace doctor --fix)', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'inferscope-ladder-'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  describe('with a budget of a second', () => {
    let ended: Ended;
    let manifest: Manifest;
    const bundle = () => join(root, 'short');
    beforeAll(async () => {
      ended = await runTrace([...LADDER, ...TIMED, '--budget', '1s', '--seed', '7', '--out', bundle()], { limitMs: 300_000 });
      manifest = await manifestOf(bundle());
    });

    test('is collected after the passes', () => {
      expect(ended).toMatchObject({ code: 0, stdout: `${bundle()}\n` });
      expect(ended.stderr).toMatch(/^Step \d of \d: Timing[\s\S]*^Step \d of \d: Ladder \(seed 7\)/m);
      expect(manifest.status).toBe('complete');
    });

    test('holds a replicate whose rounds have every rung, and the probes', () => {
      const { rungs, replicates, probes, seed, budgetMs } = manifest.ladder!;
      expect({ seed, budgetMs }).toEqual({ seed: 7, budgetMs: 1000 });
      const chain = rungs.filter(({ side }) => !side);
      expect(chain[0]!.id).toBe('native');
      expect(chain.at(-1)).toMatchObject({ runtime: 'browser', on: 'worker', v8Flags: [] });
      // For what stands beside the chain a second is too short.
      const ids = chain.map(({ id }) => id).sort();
      expect(replicates.length).toBeGreaterThanOrEqual(1);
      for (const { rounds } of replicates) {
        expect(rounds.length).toBeGreaterThanOrEqual(3);
        for (const round of rounds) {
          expect(round.map(({ rung }) => rung).sort()).toEqual(ids);
          expect(round.every(({ ms }) => ms.length > 0 && ms.every((latency) => latency > 0))).toBe(true);
        }
      }
      const { relaxed, ...known } = probes!;
      for (const gigaflops of Object.values(known)) expect(gigaflops).toBeGreaterThan(0);
      if (relaxed !== null) expect(relaxed).toBeGreaterThan(0);
      expect(probes!.simd128).toBeGreaterThan(probes!.scalar!);
    });

    test('is analyzed into effects that sum to the gap, each with an interval', async () => {
      const { gap, latency } = await analysisOf(bundle());
      expect(gap!.effects.map(({ id }) => id)).toEqual(expect.arrayContaining(['effect.isa', 'effect.library', 'effect.tier']));
      const sum = gap!.effects.reduce((total, { ms }) => total + ms, 0);
      expect(Math.abs(sum - (latency!.prediction!.medianMs - gap!.nativeMs))).toBeLessThan(0.1);
      for (const { id, ms, ci95Ms } of gap!.effects) {
        expect([id, ci95Ms.every(Number.isFinite), ci95Ms[0] <= ms, ms <= ci95Ms[1]]).toEqual([id, true, true, true]);
      }
    });
  });

  test.skipIf(!CAN_TWIN)(
    'of a GPU backend begins with native WebGPU and sums to the gap (skipped without it: trace doctor)',
    { tags: ['slow'], timeout: 350_000 },
    async () => {
      const bundle = join(root, 'gpu');
      const args = [
        'collect',
        '--ladder',
        '--budget',
        '1s',
        '--iterations',
        '4',
        '--model',
        'tiny-operators',
        '--backend',
        'webgl',
        ...TIMED,
      ];
      const ended = await runTrace([...args, '--out', bundle], { limitMs: 300_000 });
      expect(ended).toMatchObject({ code: 0 });
      const { ladder, collectors, outputs } = await manifestOf(bundle);
      expect(collectors.baseline!.detail).toMatch(/^onnxruntime-node \S+, WebGPU \(/);
      expect(outputs!.match).toBe(true);
      const chain = ladder!.rungs.filter(({ side }) => !side);
      expect(chain.map(({ id, runtime, backend }) => [id, runtime, backend])).toEqual([
        ['native', 'native', 'webgpu'],
        ['gpu.browser', 'browser', 'webgpu'],
        ['gpu.webgl', 'browser', 'webgl'],
      ]);
      const { gap, latency } = await analysisOf(bundle);
      expect(gap!.baseline).toBe(collectors.baseline!.detail);
      const sum = gap!.effects.reduce((total, { ms }) => total + ms, 0);
      expect(Math.abs(sum - (latency!.prediction!.medianMs - gap!.nativeMs))).toBeLessThan(1e-6);
    },
  );

  test.skipIf(!CAN_LOOK)(
    'that is stopped leaves no process, and a bundle marked incomplete with its timing pass and trace (skipped without Linux’s /proc)',
    { tags: ['slow'] },
    async () => {
      const marker = randomUUID();
      const bundle = join(root, 'stopped');
      let signalled = false;
      const ended = await runTrace([...LADDER, ...BRIEFLY, '--budget', '10m', '--out', bundle], {
        env: { INFERSCOPE_TEST: marker, TMPDIR: root },
        detached: true,
        onStderr(all, child) {
          if (signalled || !/: Ladder/m.test(all)) return;
          signalled = true;
          // By then the probes are done, and some of the rungs are open.
          setTimeout(() => process.kill(child.pid!, 'SIGINT'), 6000);
        },
      });
      expect(signalled).toBe(true);
      expect(ended).toMatchObject({ code: 130, stdout: '' });
      expect(ended.stderr).toContain('trace: stopped by SIGINT');
      expect(ended.stderr).toContain(`The bundle ${bundle} is marked incomplete.`);
      expect(ended.stderr).not.toMatch(/^ {4}at |fault of Inferscope/m);
      await expect.poll(() => processesWith(`INFERSCOPE_TEST=${marker}`), { timeout: END_LIMIT_MS, interval: 100 }).toEqual([]);

      const manifest = await manifestOf(bundle);
      expect(manifest).toMatchObject({ status: 'incomplete', reason: 'stopped by SIGINT' });
      expect(manifest.timingPass.rounds.flatMap(({ browserMs }) => browserMs)).toHaveLength(4);
      expect(manifest.tracePass.iterationsMs).toHaveLength(4);
      expect(existsSync(join(bundle, 'trace.json.gz'))).toBe(true);
      const { source, partition, gap } = await analysisOf(bundle);
      expect(source.complete).toBe(false);
      expect(partition!.windows).toBe(4);
      expect(gap!.ratio).toBeGreaterThan(0);
    },
  );
});

import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openBisect } from '../../../collectors/bisect/openBisect.js';
import { type BisectRunner, runBisect } from '../../../collectors/bisect/runBisect.js';
import { BuildLack } from '../../../collectors/builds/buildError.js';
import { type Bisect, bisectSchema } from '../../../src/bundle/bisect.js';
import { nextStep, searchOf } from '../../../src/bundle/bisectSearch.js';
import { readBisect } from '../../../src/bundle/readBisect.js';
import { buildBisect, replicatesOf } from '../../bundle/buildBisect.js';
import { suiteFolder } from '../suiteFolder.js';

describe('a search whose comparisons are made up', () => {
  const root = suiteFolder();
  let number = 0;
  const newFolder = (): string => join(root(), String(number++));

  interface Go {
    /** How long each build takes, in parts of 1.0. */
    readonly ratios?: Readonly<Record<string, number>>;
    readonly lacking?: readonly string[];
    readonly unfetched?: readonly string[];
    readonly budgetMs?: number;
    readonly fresh?: Bisect;
    /** Aborts when this is to be done for the first time; of a comparison, after its first replicate. */
    readonly cutAt?: string;
    readonly spread?: number;
  }

  /** Opens, runs, closes. @returns what was done, and what then stands on disk */
  async function go(folder: string, { ratios = {}, lacking = [], unfetched = [], cutAt, spread = 0.002, ...given }: Go) {
    const controller = new AbortController();
    const done: string[] = [];
    const { work: bisect, resumed, close } = await openBisect(folder, given.fresh ?? buildBisect());
    const runner: BisectRunner = {
      folder,
      budgetMs: given.budgetMs ?? 60_000,
      async build(version) {
        if (unfetched.includes(version)) throw new BuildLack('the registry does not have it');
        return { build: version };
      },
      async compare({ reference, candidate }, comparison, leftMs, keep) {
        const [against, version] = [reference.build!, candidate.build!];
        done.push(`${version} beside ${against}`);
        expect(leftMs).toBeGreaterThan(0);
        if (lacking.includes(version)) return { lack: 'lacks the operator Einsum', browser: null };
        for (const replicate of replicatesOf(ratios[version]! / ratios[against]!, { spread })) {
          comparison.replicates.push(replicate);
          await keep();
          if (cutAt === version) controller.abort('SIGINT');
          if (controller.signal.aborted) throw new Error('The run was stopped.');
        }
        return { lack: null, browser: 'Chrome/1' };
      },
      async record(build, bundle) {
        done.push(`record ${build.build}`);
        await mkdir(bundle, { recursive: true });
        if (cutAt === 'record') controller.abort('SIGINT');
        return controller.signal.aborted ? { status: 'incomplete', reason: 'stopped' } : { status: 'complete', reason: null };
      },
      watcher: { compares: () => {}, records: () => {}, skips: (version, reason) => done.push(`skip ${version}: ${reason}`) },
      signal: controller.signal,
    };
    await runBisect(bisect, runner).finally(close);
    expect(await readdir(folder)).not.toContain('bisect.lock');
    return { done, resumed, bisect: await readBisect(folder) };
  }

  const steps = { '1.0': 1, '1.1': 1, '1.2': 1.02, '1.3': 0.98, '1.4': 1.4, '1.5': 1.4, '1.6': 1.45 };

  test('tests the last, then halves, compares the two that are found, and records both', async () => {
    const { done, bisect } = await go(newFolder(), { ratios: steps });
    expect(done).toEqual(['1.6 beside 1.0', '1.3 beside 1.0', '1.4 beside 1.0', '1.4 beside 1.3', 'record 1.3', 'record 1.4']);
    expect(searchOf(bisect)).toEqual({ state: 'found', before: '1.3', slow: '1.4', between: [] });
    expect(bisect).toMatchObject({ browser: 'Chrome/1', runs: [{ version: '1.3' }, { version: '1.4' }] });
    expect(bisectSchema.safeParse(bisect).success).toBe(true);
  });

  test('stops where the last one is not slower, with one comparison', async () => {
    const { done, bisect } = await go(newFolder(), { ratios: { ...steps, '1.6': 1.02 } });
    expect(done).toEqual(['1.6 beside 1.0']);
    expect(searchOf(bisect)).toEqual({ state: 'nothing', last: 'not slower' });
    expect(nextStep(bisect)).toBeNull();
  });

  test('skips builds that do not run or are not there, with their reason, and says what it does not know', async () => {
    const { done, bisect } = await go(newFolder(), { ratios: steps, lacking: ['1.3'], unfetched: ['1.4'] });
    expect(done).toContain('skip 1.3: lacks the operator Einsum');
    expect(done).toContain('skip 1.4: the registry does not have it');
    expect(searchOf(bisect)).toEqual({ state: 'found', before: '1.2', slow: '1.5', between: ['1.3', '1.4'] });
    expect(bisect.comparisons.every(({ replicates }) => replicates.length > 0)).toBe(true);
  });

  test('ends with an error where what others are compared with is not there', async () => {
    await expect(go(newFolder(), { ratios: steps, unfetched: ['1.0'] })).rejects.toThrow(
      '1.0 is what others are compared with, and cannot be run: the registry does not have it.',
    );
  });

  test.each(['1.6', '1.3', '1.4', 'record'])('that is stopped at %s keeps what was measured, and goes on', async (cutAt) => {
    const folder = newFolder();
    const first = await go(folder, { ratios: steps, cutAt });
    expect(nextStep(first.bisect)).not.toBeNull();
    if (cutAt === 'record') expect(existsSync(join(folder, 'runs', '1.3'))).toBe(false);
    else expect(first.bisect.comparisons.at(-1)).toMatchObject({ version: cutAt, budgetMs: null, replicates: [{}] });
    const second = await go(folder, { ratios: steps });
    expect(second.resumed).toBe(true);
    expect(nextStep(second.bisect)).toBeNull();
    // The step that was interrupted is all that is done again.
    const again = first.done.at(-1)!;
    expect([...first.done.slice(0, -1), ...second.done]).toEqual((await go(newFolder(), { ratios: steps })).done);
    expect(second.done[0]).toBe(again);
    if (cutAt !== 'record') expect(second.bisect.comparisons.find(({ version }) => version === cutAt)!.replicates.length).toBe(4);
  });

  test('measures on what could not be told where more time is given, and not with the same', async () => {
    const folder = newFolder();
    const wide = { ratios: { ...steps, '1.6': 1.12 }, spread: 0.1 };
    expect(searchOf((await go(folder, wide)).bisect)).toEqual({ state: 'nothing', last: 'undecided' });
    expect((await go(folder, wide)).done).toEqual([]);
    expect((await go(folder, { ...wide, budgetMs: 120_000 })).done).toEqual(['1.6 beside 1.0']);
  });

  test('is not mistaken for another one, nor for something else', async () => {
    const folder = newFolder();
    await go(folder, { ratios: steps });
    const { plan } = buildBisect();
    const with_ = (more: Partial<Bisect['plan']>) =>
      go(folder, { ratios: steps, fresh: buildBisect({ plan: { ...plan, ...more } }) });
    await expect(with_({ threads: 2 })).rejects.toThrow(`${folder} holds a search with another "threads"`);
    await expect(with_({ builds: ['1.0', '1.6'] })).rejects.toThrow('another "builds"');
    const other = newFolder();
    await mkdir(other);
    await writeFile(join(other, 'thesis.txt'), '');
    await expect(go(other, {})).rejects.toThrow('is not empty and holds no search');
    await writeFile(join(folder, 'bisect.lock'), `${process.ppid}\n`);
    await expect(go(folder, {})).rejects.toThrow(`is being run by process ${process.ppid}`);
  });
});

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silent } from '../../../collectors/progress.js';
import { type OpenOptions, openStudy } from '../../../collectors/study/openStudy.js';
import { type RunCell, runStudy } from '../../../collectors/study/runStudy.js';
import { orderOfRuns, remainingRuns } from '../../../collectors/study/studyOrder.js';
import { readStudy } from '../../../src/bundle/readStudy.js';
import type { Study } from '../../../src/bundle/study.js';
import { suiteFolder } from '../suiteFolder.js';

const cells = ['a', 'b', 'c'].map((id) => ({
  id,
  model: id,
  framework: 'ort' as const,
  backend: 'wasm' as const,
  threads: 1,
  simd: null,
  on: 'worker' as const,
}));

function freshStudy(): Study {
  return {
    schema: 'inferscope.study/1',
    toolVersion: '0',
    name: 'fake',
    description: '',
    startedAt: '2026-01-01T00:00:00.000Z',
    sha256: 'a'.repeat(64),
    seed: 1,
    rounds: 2,
    machine: { os: 'os', cpu: 'cpu', cores: 2, memoryBytes: 1, node: 'v20', vectorFeatures: null, busyCores: null },
    cells,
    excluded: [],
    order: orderOfRuns(cells, 2, 1),
    runs: [],
  };
}

describe('a study with runs that are made up', () => {
  const root = suiteFolder();
  let number = 0;
  const newFolder = (): string => join(root(), String(number++), 'study');

  interface Go extends Partial<OpenOptions> {
    readonly fresh?: Study;
    readonly limitMs?: number;
    readonly signal?: AbortSignal;
    /** What the runs do, by `cell round`; the others are done at once. */
    readonly deeds?: Readonly<Record<string, (signal: AbortSignal) => ReturnType<RunCell>>>;
  }

  interface Gone {
    /** As it stands on disk. */
    readonly study: Study;
    readonly resumed: boolean;
    /** The runs that were begun this time, as `cell round`. */
    readonly begun: readonly string[];
  }

  /** Opens the study in a folder, runs what is left, and closes it. */
  async function go(
    folder: string,
    { retryFailed = false, fresh, limitMs = 60_000, signal, deeds = {} }: Go = {},
  ): Promise<Gone> {
    const { work: study, resumed, close } = await openStudy(folder, fresh ?? freshStudy(), { retryFailed });
    const begun: string[] = [];
    const run: RunCell = async ({ id }, round, bundle, _progress, stop) => {
      begun.push(`${id} ${round}`);
      await mkdir(bundle, { recursive: true });
      await writeFile(join(bundle, 'run.json'), `${begun.length}`, { flag: 'wx' });
      return (await deeds[`${id} ${round}`]?.(stop)) ?? { status: 'complete', reason: null, timed: true };
    };
    const watcher = { begins: () => silent, ends: () => {} };
    try {
      await runStudy(study, { folder, run, limitMs, watcher, signal: signal ?? new AbortController().signal });
    } finally {
      await close();
    }
    return { study: await readStudy(folder), resumed, begun };
  }

  const inOrder = freshStudy().order.map(({ cell, round }) => `${cell} ${round}`);
  const ended = ({ runs }: Study): string[] => runs.map(({ cell, round }) => `${cell} ${round}`);
  const throws = (): never => {
    throw new Error('the disk is full');
  };
  const fails = async () => ({ status: 'incomplete', reason: 'an operator is missing', timed: false }) as const;
  /** As a run does that is stopped. */
  const untilStopped = (stop: AbortSignal) =>
    new Promise<Awaited<ReturnType<RunCell>>>((resolve) => {
      stop.addEventListener('abort', () =>
        resolve({ status: 'incomplete', reason: `stopped by ${String(stop.reason)}`, timed: false }),
      );
    });

  test('runs all cells in every round, in its order, each into its own folder', async () => {
    const folder = newFolder();
    const { study, resumed, begun } = await go(folder);
    expect(resumed).toBe(false);
    expect(begun).toEqual(inOrder);
    expect(ended(study)).toEqual(inOrder);
    expect(study.runs.every(({ outcome, reason, tookMs }) => outcome === 'done' && reason === null && tookMs >= 0)).toBe(true);
    expect((await readdir(join(folder, 'runs'))).sort()).toEqual(['a', 'b', 'c']);
    expect((await readdir(folder)).sort()).toEqual(['runs', 'study.json']);
  });

  test('never writes or removes through a link that was put into its folder', async () => {
    for (const link of ['runs', 'runs/a']) {
      const folder = newFolder();
      await go(folder, { deeds: { [inOrder[0]!]: throws } }).catch(() => {});
      const elsewhere = join(folder, '..', 'elsewhere');
      await mkdir(join(elsewhere, 'a', '0'), { recursive: true });
      await mkdir(join(elsewhere, '0'), { recursive: true });
      await writeFile(join(elsewhere, 'a', '0', 'thesis.txt'), 'five years');
      await writeFile(join(elsewhere, '0', 'thesis.txt'), 'five years');
      await rm(join(folder, link), { recursive: true, force: true });
      await mkdir(join(folder, link, '..'), { recursive: true });
      await symlink(elsewhere, join(folder, link));
      await expect(go(folder)).rejects.toThrow(/is a link, and nothing is written through links/);
      expect(await readFile(join(elsewhere, 'a', '0', 'thesis.txt'), 'utf8')).toBe('five years');
      expect(await readFile(join(elsewhere, '0', 'thesis.txt'), 'utf8')).toBe('five years');
    }
  });

  test('is not begun through a link, and takes no link for its lock', async () => {
    const folder = newFolder();
    await mkdir(join(folder, '..', 'elsewhere'), { recursive: true });
    await symlink('elsewhere', folder);
    await expect(go(folder)).rejects.toThrow(/is a link, and nothing is written through links/);
    const other = newFolder();
    await mkdir(other, { recursive: true });
    await writeFile(join(other, '..', 'thesis.txt'), 'five years');
    await symlink('../thesis.txt', join(other, 'study.lock'));
    expect((await go(other)).begun).toEqual(inOrder);
    expect(await readFile(join(other, '..', 'thesis.txt'), 'utf8')).toBe('five years');
  });

  test('says on disk, before each run, what has ended until then', async () => {
    const folder = newFolder();
    const seen: number[] = [];
    const look = async () => {
      seen.push((await readStudy(folder)).runs.length);
      return { status: 'complete', reason: null, timed: true } as const;
    };
    await go(folder, { deeds: Object.fromEntries(inOrder.map((run) => [run, look])) });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('that is complete runs nothing when it is begun again', async () => {
    const folder = newFolder();
    await go(folder);
    expect(await go(folder)).toMatchObject({ resumed: true, begun: [] });
  });

  test.each(inOrder.map((run, index) => [index, run] as const))(
    'that ended without a word in run %i goes on there, without repeating the runs before',
    async (index, run) => {
      const folder = newFolder();
      await expect(go(folder, { deeds: { [run]: throws } })).rejects.toThrow('the disk is full');
      expect(ended(await readStudy(folder))).toEqual(inOrder.slice(0, index));
      const { begun, resumed, study } = await go(folder);
      expect(resumed).toBe(true);
      expect(begun).toEqual(inOrder.slice(index));
      expect(ended(study)).toEqual(inOrder);
    },
  );

  test('that is stopped keeps the runs that ended, nothing of the one under way, and goes on there', async () => {
    const folder = newFolder();
    const controller = new AbortController();
    const stops = (stop: AbortSignal) => {
      setTimeout(() => controller.abort('SIGINT'));
      return untilStopped(stop);
    };
    const { study, begun } = await go(folder, { signal: controller.signal, deeds: { [inOrder[3]!]: stops } });
    expect(begun).toEqual(inOrder.slice(0, 4));
    expect(ended(study)).toEqual(inOrder.slice(0, 3));
    const [cell, round] = inOrder[3]!.split(' ');
    expect(existsSync(join(folder, 'runs', cell!, round!))).toBe(false);
    expect((await go(folder)).begun).toEqual(inOrder.slice(3));
  });

  test('counts a run that was complete when it was stopped', async () => {
    const controller = new AbortController();
    const completes = async () => {
      controller.abort('SIGINT');
      return { status: 'complete', reason: null, timed: true } as const;
    };
    const { study } = await go(newFolder(), { signal: controller.signal, deeds: { [inOrder[1]!]: completes } });
    expect(ended(study)).toEqual(inOrder.slice(0, 2));
  });

  test('goes on after a run that failed, says why, and leaves the later rounds of its cell out', async () => {
    const { study, begun } = await go(newFolder(), { deeds: { 'b 0': fails } });
    expect(begun).toEqual(inOrder.filter((run) => run !== 'b 1'));
    expect(study.runs.find(({ cell }) => cell === 'b')).toMatchObject({ outcome: 'failed', reason: 'an operator is missing' });
    expect(remainingRuns(study)).toEqual([]);
  });

  test('whose cell fails in a later round only has its other rounds', async () => {
    const { study, begun } = await go(newFolder(), { deeds: { 'b 1': fails } });
    expect(begun).toEqual(inOrder);
    expect(study.runs.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
  });

  test('tries what failed again only if asked to, with the rounds that were left out', async () => {
    const folder = newFolder();
    await go(folder, { deeds: { 'b 0': fails } });
    expect((await go(folder)).begun).toEqual([]);
    const { study, begun } = await go(folder, { retryFailed: true });
    expect(begun).toEqual(['b 0', 'b 1']);
    expect(study.runs.every(({ outcome }) => outcome === 'done')).toBe(true);
  });

  test('stops a run that takes too long, and counts it as failed', async () => {
    const { study } = await go(newFolder(), { limitMs: 20, deeds: { 'a 0': untilStopped } });
    const [failed] = study.runs.filter(({ outcome }) => outcome === 'failed');
    expect(failed).toMatchObject({
      cell: 'a',
      reason: 'It took longer than the study’s limit of 0.02 s for one run, and was stopped.',
    });
    expect(study.runs).toHaveLength(5);
  });

  test('keeps a run that takes too long once its predictions are timed, says so, and makes its later rounds', async () => {
    const { study } = await go(newFolder(), {
      limitMs: 20,
      deeds: { 'a 0': async (stop) => ({ ...(await untilStopped(stop)), timed: true }) },
    });
    expect(study.runs.find(({ cell, round }) => cell === 'a' && round === 0)).toMatchObject({
      outcome: 'done',
      reason: 'It took longer than the study’s limit of 0.02 s for one run, and was stopped when its predictions had been timed.',
    });
    expect(study.runs).toHaveLength(6);
  });

  test('is not mixed with one of another file, which is named', async () => {
    const folder = newFolder();
    await go(folder);
    await expect(go(folder, { fresh: { ...freshStudy(), sha256: 'b'.repeat(64) } })).rejects.toThrow(
      /holds the study "fake" of a file with another content\. .*--out/,
    );
  });

  test('is not gone on with on another machine', async () => {
    const folder = newFolder();
    await go(folder);
    const fresh = freshStudy();
    await expect(go(folder, { fresh: { ...fresh, machine: { ...fresh.machine, cpu: 'other' } } })).rejects.toThrow(
      /begun on another machine \(cpu, 2 cores; this is other, 2 cores\)/,
    );
  });

  test('does not begin in a folder with other files, and leaves them alone', async () => {
    const folder = newFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'letter.txt'), 'mine');
    await expect(go(folder)).rejects.toThrow(/is not empty and holds no study/);
    expect(await readdir(folder)).toEqual(['letter.txt']);
  });

  test('whose study.json was altered is refused with the file’s name', async () => {
    const folder = newFolder();
    await go(folder);
    const path = join(folder, 'study.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"cell": "a"', '"cell": "../../a"'));
    await expect(go(folder)).rejects.toThrow(/study\.json is not what this version of Inferscope writes/);
    await writeFile(path, text.slice(0, 100));
    await expect(go(folder)).rejects.toThrow(/study\.json is not valid JSON/);
  });

  test('is run by one process at a time; a lock that a killed one left does not count', async () => {
    const folder = newFolder();
    await go(folder);
    await writeFile(join(folder, 'study.lock'), `${process.ppid}\n`);
    await expect(go(folder)).rejects.toThrow(new RegExp(`is being run by process ${process.ppid}\\. .*study\\.lock`));
    expect(existsSync(join(folder, 'study.lock'))).toBe(true);
    await writeFile(join(folder, 'study.lock'), '999999999\n');
    expect((await go(folder)).resumed).toBe(true);
    await rm(folder, { recursive: true });
  });
});

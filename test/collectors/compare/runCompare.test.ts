import { existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CompareError } from '../../../collectors/compare/compareError.js';
import { openCompare, saveCompare } from '../../../collectors/compare/openCompare.js';
import { type CompareEnd, type CompareRunner, endedBy, runCompare } from '../../../collectors/compare/runCompare.js';
import type { Compare } from '../../../src/bundle/compare.js';
import { changeIn } from '../../../src/bundle/comparedFigures.js';
import { readCompare } from '../../../src/bundle/readCompare.js';
import { buildCompare, buildProcess } from '../../analyzers/compare/buildCompare.js';
import { normal } from '../../stats/normal.js';
import { suiteFolder } from '../suiteFolder.js';

const fresh = (more: Partial<Compare> = {}): Compare => ({ ...buildCompare([]), ended: null, tookMs: 0, ...more });

describe('rounds that are made up', () => {
  const root = suiteFolder();
  let number = 0;
  const newFolder = (): string => join(root(), String(number++));

  interface Go {
    readonly end?: Partial<CompareEnd>;
    readonly compare?: Compare;
    /** Latency of b over that of a. */
    readonly ratio?: number;
    readonly spread?: number;
    /** Rounds, from 1, whose first attempt fails, and those that fail always. */
    readonly failing?: readonly number[];
    readonly broken?: readonly number[];
    readonly cutIn?: number;
  }

  async function go(folder: string, { end = {}, ratio = 1, spread = 0.01, failing = [], broken = [], cutIn, ...given }: Go) {
    const controller = new AbortController();
    const draw = normal(7);
    const said: string[] = [];
    let attempts = 0;
    const { work: compare, resumed, close } = await openCompare(folder, given.compare ?? fresh());
    const runner: CompareRunner = {
      folder,
      end: { rounds: null, reach: null, budgetMs: 60_000, ...end },
      async record(folders) {
        const round = compare.rounds.length + 1;
        attempts++;
        for (const into of Object.values(folders)) {
          await mkdir(into, { recursive: true });
          await writeFile(join(into, 'round'), String(round));
        }
        if (cutIn === round) controller.abort('SIGINT');
        if (controller.signal.aborted) throw new Error('stopped');
        if (broken.includes(round) || (failing.includes(round) && !said.some((line) => line === `failed in ${round}`))) {
          said.push(`failed in ${round}`);
          throw new CompareError('head cannot be recorded: it crashed');
        }
        const turns = Array.from({ length: 8 }, () => ({ a: [50], b: [50 * ratio * Math.exp(spread * draw())] }));
        return { turns, tracedTurns: [] };
      },
      read: async () => ({
        figures: buildProcess({ 'isa.scalar': 50 }),
        browser: 'Chrome/1',
        settings: [{ what: 'threads', value: '1' }],
      }),
      save: (all) => saveCompare(folder, all),
      watcher: {
        records: () => {},
        finished: ({ rounds }) => said.push(`${rounds.length} done`),
        failed: (reason) => said.push(reason),
      },
      signal: controller.signal,
    };
    await runCompare(compare, runner).finally(close);
    expect(await readdir(folder)).not.toContain('compare.lock');
    return { said, attempts, resumed, compare: await readCompare(folder) };
  }

  test('are as many as were asked for, and the bundles of the last one are kept', async () => {
    const folder = newFolder();
    const { compare } = await go(folder, { end: { rounds: 3 } });
    expect([compare.rounds.length, compare.ended]).toEqual([3, 'processes']);
    expect(compare.browsers).toEqual({ a: 'Chrome/1', b: 'Chrome/1' });
    expect(compare.settings).toEqual([{ what: 'threads', a: '1', b: '1' }]);
    expect((await readdir(join(folder, 'runs'))).sort()).toEqual(['a', 'b']);
  });

  test('end when the interval is narrow, never before five', async () => {
    const { compare } = await go(newFolder(), { end: { reach: 0.02 } });
    expect([compare.rounds.length, compare.ended]).toEqual([5, 'width']);
    const wide = await go(newFolder(), { end: { reach: 0.01 }, spread: 0.1 });
    expect(wide.compare.rounds.length).toBeGreaterThan(5);
  });

  test('end with the budget, with one round at the least', async () => {
    const { compare } = await go(newFolder(), { end: { budgetMs: 0 } });
    expect([compare.rounds.length, compare.ended]).toEqual([1, 'budget']);
  });

  test('that are interrupted leave those that are complete, and go on', async () => {
    const folder = newFolder();
    const cut = await go(folder, { end: { rounds: 5 }, cutIn: 3 });
    expect([cut.compare.rounds.length, cut.compare.ended]).toEqual([2, null]);
    const whole = await go(folder, { end: { rounds: 5 } });
    expect([whole.resumed, whole.compare.rounds.length]).toEqual([true, 5]);
    expect(whole.compare.rounds.slice(0, 2)).toEqual(cut.compare.rounds);
    expect(existsSync(join(folder, 'runs', 'next-a'))).toBe(false);
  });

  test('that fail once are tried again, and end it with the reason where they fail twice', async () => {
    const once = await go(newFolder(), { end: { rounds: 3 }, failing: [2] });
    expect([once.attempts, once.compare.rounds.length]).toEqual([4, 3]);
    expect(once.said).toContain('head cannot be recorded: it crashed');
    const folder = newFolder();
    await expect(go(folder, { end: { rounds: 3 }, broken: [2] })).rejects.toThrow('head cannot be recorded: it crashed');
    expect((await readCompare(folder)).rounds).toHaveLength(1);
  });

  test('of another plan, or another machine, are refused', async () => {
    const folder = newFolder();
    await go(folder, { end: { rounds: 1 } });
    const other = fresh();
    other.plan.b.options = ['--threads 2'];
    await expect(go(folder, { compare: other })).rejects.toThrow(/with other options.*--out/);
    const elsewhere = fresh({ machine: { ...fresh().machine, cpu: 'other' } });
    await expect(go(folder, { compare: elsewhere })).rejects.toThrow('begun on another machine');
    const full = newFolder();
    await mkdir(full);
    await writeFile(join(full, 'mine'), 'x');
    await expect(go(full, {})).rejects.toThrow('is not empty and holds no comparison');
  });

  test('write through no link', async () => {
    const folder = newFolder();
    await mkdir(folder);
    const elsewhere = newFolder();
    await mkdir(elsewhere);
    await saveCompare(folder, fresh());
    await symlink(elsewhere, join(folder, 'runs'));
    await expect(go(folder, {})).rejects.toThrow('is a link');
    expect(await readdir(elsewhere)).toEqual([]);
  });
});

describe('intervals', () => {
  /** Rounds until they end: processes keep their luck, turns have noise, and half of the time the machine is slower by a third. */
  function simulated(seed: number, ratio: number, end: Partial<CompareEnd>): Compare {
    const draw = normal(seed);
    const compare = fresh();
    const tookMs: number[] = [];
    while (endedBy(compare, { rounds: null, reach: null, budgetMs: 30_000, ...end }, tookMs) === null) {
      const luck = { a: Math.exp(0.02 * draw()), b: Math.exp(0.02 * draw()) };
      const turns = Array.from({ length: 12 }, () => {
        const machine = draw() > 0 ? 1.33 : 1;
        const of = (level: number) => [50 * level * machine * Math.exp(0.04 * draw())];
        return { a: of(luck.a), b: of(ratio * luck.b) };
      });
      compare.rounds.push({
        turns,
        tracedTurns: [],
        a: buildProcess({ 'isa.scalar': 50 }),
        b: buildProcess({ 'isa.scalar': 50 }),
      });
      tookMs.push(1000);
    }
    return compare;
  }

  test.each([
    ['five rounds', { rounds: 5 }],
    ['ten rounds', { rounds: 10 }],
    ['rounds until the interval is narrow', { reach: 0.025 }],
    ['rounds until a budget ends, or the interval is narrow', { reach: 0.02, budgetMs: 12_000 }],
  ])('of %s hold the true ratio in 93 to 97 of 100', (_, end) => {
    const trials = 1000;
    let held = 0;
    for (let seed = 1; seed <= trials; seed++) {
      const { ci95 } = changeIn(simulated(seed, 1.07, end).rounds, 'prediction', 'ratio')!;
      if (ci95[0] <= Math.log(1.07) && Math.log(1.07) <= ci95[1]) held++;
    }
    expect(held / trials).toBeGreaterThan(0.93);
    expect(held / trials).toBeLessThan(0.97);
  });
});

import { desc, op } from 'arquero';
import { expect, test } from 'vitest';
import { callTree, treeRows } from '../../src/notebook/callTree.js';
import { samplesIn } from '../../src/notebook/samplesIn.js';
import { slicesIn } from '../../src/notebook/slicesIn.js';
import { byCause, causesBeyond, predictions, windows } from '../../src/notebook/windows.js';
import { js, RunBuilder, wasm } from '../analyzers/buildRun.js';
import { notebookFiles } from './files.js';

/** Two predictions of 40 ms, of which the second collects garbage for 10 ms; a worker computes with the first. */
async function built() {
  const run = new RunBuilder();
  const owner = run.thread().phase('iteration:0', 0, 40).phase('iteration:1', 50, 90);
  owner.executes(wasm('simd128'), 0, 30).executes(js, 30, 40).executes(wasm('simd128'), 50, 90);
  owner.slice('V8.GCScavenger', 60, 70).slice('outer', 85, 110);
  run.thread().executes(wasm('scalar'), 0, 40);
  return notebookFiles(run.input({}));
}

test('windows have names, threads and causes', async () => {
  const { run } = await built();
  const [first, second] = windows(run);
  expect([first!.name, first!.kind, first!.ms]).toEqual(['prediction 1', 'prediction', 40]);
  expect(first!.threadName).toMatch(/^DedicatedWorker thread \d+$/);
  expect(byCause(second!).map(({ id, ms }) => [id, Math.round(ms)])).toEqual([
    ['isa.simd128', 30],
    ['runtime.gc', 10],
  ]);
});

test('what a window spends beyond the others is told, the largest first', async () => {
  const { run } = await built();
  const [first, second] = predictions(run);
  const beyond = causesBeyond(second!, [first!]);
  expect(beyond.map(({ cause }) => cause).sort()).toEqual(['isa.simd128', 'runtime.gc', 'runtime.glue']);
  for (const { ms, usualMs, beyondMs } of beyond) expect(beyondMs).toBeCloseTo(ms - usualMs, 9);
  expect(beyond.find(({ cause }) => cause === 'runtime.gc')!.beyondMs).toBeCloseTo(10, 0);
  expect(Math.abs(beyond[0]!.beyondMs)).toBeGreaterThanOrEqual(Math.abs(beyond.at(-1)!.beyondMs));
});

test('slices that only reach into a window count with the part inside', async () => {
  const { run } = await built();
  const [first, second] = predictions(run);
  const inside = slicesIn(run, second!).orderby(desc('insideMs'));
  const outer = inside.filter((d: { name: string }) => d.name === 'outer').object() as Record<string, unknown>;
  expect([outer.startMs, outer.insideMs, outer.durationUs]).toEqual([35, 5, 25_000]);
  const named = (window: typeof first) => slicesIn(run, window!).array('name') as string[];
  expect(named(second)).toContain('V8.GCScavenger');
  expect(named(first)).not.toContain('V8.GCScavenger');
  expect(slicesIn(run, second!, { thread: 99 }).numRows()).toBe(0);
});

test('slices that were filtered before are those that are looked at', async () => {
  const { run } = await built();
  const [, second] = predictions(run);
  const slices = run.slices.filter((d: { name: string }) => d.name === 'outer');
  expect(slicesIn({ ...run, slices }, second!).array('name')).toEqual(['outer']);
});

test('samples stand for the time of the windows over those of their thread', async () => {
  const { run } = await built();
  const all = predictions(run);
  const byThread = samplesIn(run, all)
    .groupby('thread')
    .rollup({ ms: op.sum('ms'), samples: op.count() });
  for (const ms of byThread.array('ms') as number[]) expect(ms).toBeCloseTo(80, 6);
  expect(
    samplesIn(run, all[0]!)
      .rollup({ ms: op.sum('ms') })
      .get('ms', 0),
  ).toBeCloseTo(80, 6);
  const one = samplesIn(run, all[0]!, { thread: all[0]!.thread });
  expect(new Set(one.array('thread') as number[])).toEqual(new Set([all[0]!.thread]));
});

test('a call tree has self and total times from the outermost function down', async () => {
  const { run } = await built();
  const [first] = predictions(run);
  const tree = callTree(run, samplesIn(run, first!));
  expect(tree.totalMs).toBeCloseTo(80, 6);
  expect(tree.children).toHaveLength(2);
  const owner = tree.children.find(({ name }) => name === first!.threadName)!;
  const [called] = owner.children;
  expect(called).toMatchObject({ name: 'run', cause: 'runtime.glue' });
  expect(called!.totalMs).toBeCloseTo(40, 0);
  expect(called!.selfMs).toBeCloseTo(10, 0);
  expect(called!.children[0]).toMatchObject({ cause: 'isa.simd128', children: [] });
  expect(called!.children[0]!.selfMs).toBeCloseTo(30, 0);
  let selfMs = 0;
  const nodes = [tree];
  for (const node of nodes) {
    selfMs += node.selfMs;
    nodes.push(...node.children);
  }
  expect(selfMs).toBeCloseTo(tree.totalMs, 6);
});

test('as rows a call tree is indented, callers first, and small parts are left out', async () => {
  const { run } = await built();
  const tree = callTree(run, samplesIn(run, predictions(run)[0]!));
  const rows = treeRows(tree, { indent: '. ' });
  expect(rows[0]).toMatchObject({ function: 'all threads', depth: 0, share: 1 });
  expect(rows[1]!.function).toMatch(/^\. DedicatedWorker/);
  for (const [i, { depth }] of rows.entries()) expect(depth).toBeLessThanOrEqual((rows[i - 1]?.depth ?? -1) + 1);
  expect(treeRows(tree, { minShare: 0.4 }).every(({ share }) => share >= 0.4)).toBe(true);
});

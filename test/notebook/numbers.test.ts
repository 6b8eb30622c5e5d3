import { op } from 'arquero';
import { describe, expect, test } from 'vitest';
import { analysis as readAnalysis } from '../../src/notebook/analysis.js';
import { callTree } from '../../src/notebook/callTree.js';
import { samplesIn } from '../../src/notebook/samplesIn.js';
import { timelineIn, workersIn } from '../../src/notebook/threadsIn.js';
import { byCause, causesRow, predictions, typical, windows } from '../../src/notebook/windows.js';
import { recordedNames } from '../bundle/unpackRecorded.js';
import { recordedFiles } from './files.js';

const names = await recordedNames();

/** Numbers to nine digits: what was µs is ms in a table. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) => (typeof each === 'number' ? Number(each.toPrecision(9)) : each));

describe.each(names)('of the recorded bundle %s a notebook has the numbers of trace analyze --json', (name) => {
  test('the document itself', async () => {
    const { files, analysis } = await recordedFiles(name);
    expect(await readAnalysis(files['analysis.json']!)).toEqual(JSON.parse(JSON.stringify(analysis)));
  });

  test('the causes of predictions and warm-up', async () => {
    const { run, analysis } = await recordedFiles(name);
    const without = (causes: NonNullable<typeof analysis.partition>['causes']) =>
      rounded(causes.map((cause) => ({ ...cause, evidence: '' })));
    const { partition } = analysis;
    expect(rounded(byCause(predictions(run)))).toEqual(without(partition!.causes));
    expect(predictions(run)).toHaveLength(partition!.windows);
    expect(causesRow('all', predictions(run)).length).toBeCloseTo(partition!.typical.ms, 9);
    expect(typical(predictions(run))).toHaveLength(partition!.typical.windows);
    const warmup = windows(run).filter(({ kind }) => kind === 'warm-up');
    expect(rounded(byCause(warmup))).toEqual(without(partition!.warmup!));
  });

  test('the causes of each window sum to it', async () => {
    const { run } = await recordedFiles(name);
    for (const { kind, ms, causesMs } of windows(run)) {
      const sum = Object.values(causesMs).reduce((total, each) => total + each, 0);
      if (kind !== 'setup') expect(sum).toBeCloseTo(ms, 6);
    }
  });

  test('the timeline of the window of median length', async () => {
    const { run, analysis } = await recordedFiles(name);
    const all = predictions(run).sort((a, b) => a.ms - b.ms);
    const { windowMs, rows } = timelineIn(run, all[all.length >> 1]!);
    const inOrder = (each: NonNullable<typeof analysis.timeline>['rows']) =>
      each
        .map(({ thread, startMs, endMs, cause, label }) => [thread, startMs.toFixed(6), endMs.toFixed(6), cause, label].join(' '))
        .sort();
    expect(windowMs).toBeCloseTo(analysis.timeline!.windowMs, 6);
    expect(inOrder(rows)).toEqual(inOrder(analysis.timeline!.rows));
  });

  test('what each thread of the pool did', async () => {
    const { run, analysis } = await recordedFiles(name);
    const workers = workersIn(run, predictions(run));
    const { workers: told } = analysis;
    if (told === null) return expect(workers).toBeNull();
    expect(workers!.ownerWaitedMs).toBeCloseTo(told.ownerWaitedMs, 6);
    expect(workers!.threads.map(({ thread }) => thread)).toEqual(told.threads.map(({ thread }) => thread));
    for (const [i, { busyMs, spinningMs, waitingMs, idleMs }] of workers!.threads.entries()) {
      expect(busyMs).toBeCloseTo(told.threads[i]!.busyMs, 6);
      expect(spinningMs).toBeCloseTo(told.threads[i]!.spinningMs, 6);
      expect(waitingMs).toBeCloseTo(told.threads[i]!.waitingMs, 6);
      expect(idleMs).toBeCloseTo(told.threads[i]!.idleMs, 6);
    }
  });

  test('the self time of Wasm functions, and the samples that it rests on', async () => {
    const { run, analysis } = await recordedFiles(name);
    const all = typical(predictions(run));
    const samples = samplesIn(run, all);
    const own = samplesIn(run, all, { thread: all[0]!.thread });
    expect(own.numRows()).toBe(analysis.partition!.samples);
    const urls = run.callFrames.array('url') as string[];
    const selfMs = new Map<string, number>();
    for (const { frame, threadName, function: called, ms } of samples.objects() as Row[]) {
      const key = `${called} ${frame < 0 ? '' : urls[frame]} ${threadName}`;
      selfMs.set(key, (selfMs.get(key) ?? 0) + ms);
    }
    for (const { name: called, module, thread, selfMs: toldMs } of analysis.wasm?.functions ?? []) {
      expect(selfMs.get(`${called} ${module} ${thread}`), called).toBeCloseTo(toldMs, 6);
    }
    const tree = callTree(run, samples);
    expect(tree.samples).toBe(samples.numRows());
    expect(tree.totalMs).toBeCloseTo((samples.rollup({ ms: op.sum('ms') }).object() as { ms: number }).ms, 6);
  });
});

interface Row {
  readonly frame: number;
  readonly threadName: string;
  readonly function: string;
  readonly ms: number;
}

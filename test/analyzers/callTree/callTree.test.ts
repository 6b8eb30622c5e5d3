import { describe, expect, test } from 'vitest';
import type { CallTree, CallTreeNode } from '../../../analyzers/callTree/bounded.js';
import { bounded } from '../../../analyzers/callTree/bounded.js';
import type { CallNode } from '../../../analyzers/callTree/callTree.js';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { random } from '../../../src/stats/random.js';
import { type Frame, idle, js, program, RunBuilder, wasm } from '../buildRun.js';

/** Time in nodes themselves by cause must be that of the partition, and what is inside a node no more than the node. */
function expectSound({ callTrees, partition }: Analysis): void {
  const { typical, all, window } = callTrees!;
  for (const [tree, causes, ms] of [
    [typical, partition!.causes, partition!.typical.ms],
    [all, partition!.allWindows.causes, partition!.allWindows.ms],
  ] as const) {
    expect(tree.windowMs).toBeCloseTo(ms, 6);
    if (tree.prunedFunctions > 0) continue;
    const own = new Map<string, number>();
    for (const { cause, selfMs } of tree.nodes) own.set(cause ?? 'none', (own.get(cause ?? 'none') ?? 0) + selfMs);
    for (const { id, ms: causeMs } of causes) expect(own.get(id), id).toBeCloseTo(causeMs, 6);
    expect(own.get('none') ?? 0).toBeCloseTo(0, 6);
  }
  for (const tree of [typical, all, window]) {
    for (const [place, node] of tree.nodes.entries()) {
      const inside = insideOf(tree, place).reduce((sum, { totalMs }) => sum + totalMs, 0);
      expect(inside + node.selfMs).toBeLessThanOrEqual(node.totalMs + 1e-6);
    }
  }
}

function insideOf({ nodes }: CallTree, place: number): CallTreeNode[] {
  const { depth } = nodes[place]!;
  const end = nodes.findIndex((node, i) => i > place && node.depth <= depth);
  return nodes.slice(place + 1, end < 0 ? nodes.length : end).filter((node) => node.depth === depth + 1);
}

const shape = ({ nodes }: CallTree) => nodes.map(({ depth, name, totalMs }) => [depth, name, Math.round(totalMs)]);

describe('the call tree of windows', () => {
  test('puts each function below its caller, the most time first, with the window as its root', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(wasm('scalar'), 0, 10).executes(wasm('simd128'), 10, 40).executes(js, 40, 44);
    worker.phase('iteration:0', 0, 44);
    const analysis = analyze(run.input());
    expectSound(analysis);
    expect(shape(analysis.callTrees!.window)).toEqual([
      [0, 'all', 44],
      [1, 'run', 44],
      [2, 'wasm-function[0]', 30],
      [2, 'wasm-function[2]', 10],
    ]);
    expect(analysis.callTrees!.window.nodes[2]).toMatchObject({ kind: 'wasm', cause: 'isa.simd128', line: null });
    expect(analysis.callTrees!.window.nodes[1]).toMatchObject({ kind: 'js', cause: 'runtime.glue', line: null });
  });

  test('has what slices tell below the function that was on the stack, and what no stack shows below the window', () => {
    const run = new RunBuilder();
    const worker = run.thread().task(0, 40).executes(wasm('simd128'), 0, 40);
    worker.slice('wasm.CompileLazy', 10, 20).preempted(25, 35).phase('iteration:0', 0, 40);
    const analysis = analyze(run.input());
    expectSound(analysis);
    expect(shape(analysis.callTrees!.all)).toEqual([
      [0, 'all', 40],
      [1, 'run', 30],
      [2, 'wasm-function[0]', 30],
      [3, 'Compiling', 10],
      [1, 'Preempted', 10],
    ]);
  });

  test('merges the windows and gives the mean of one; the typical one stands by itself', () => {
    const run = new RunBuilder();
    const worker = run.thread();
    for (const [i, endMs] of [10, 20, 36].entries()) {
      worker.executes(wasm('simd128'), 50 * i, 50 * i + endMs).phase(`iteration:${i}`, 50 * i, 50 * i + endMs);
    }
    const { callTrees, typicalWindow } = analyze(run.input());
    expect(callTrees!.all).toMatchObject({ windows: 3, windowMs: expect.closeTo(22, 3), prunedShare: expect.closeTo(0, 6) });
    expect(callTrees!.window).toMatchObject({ windows: 1, windowMs: expect.closeTo(20, 3) });
    expect(typicalWindow).toMatchObject({ startUs: 50_000, endUs: 70_000 });
  });

  test('is of the typical windows where some take longer, and of all beside that', () => {
    const run = new RunBuilder();
    const worker = run.thread();
    for (let i = 0; i < 8; i++) {
      const at = 100 * i;
      worker.executes(wasm('simd128'), at, at + 20).phase(`iteration:${i}`, at, at + (i === 3 ? 80 : 20));
      if (i === 3) worker.executes(js, at + 20, at + 80);
    }
    const analysis = analyze(run.input());
    expectSound(analysis);
    const { typical, all } = analysis.callTrees!;
    expect([typical.windows, all.windows]).toEqual([7, 8]);
    expect(typical.nodes.map(({ name }) => name)).toEqual(['all', 'run', 'wasm-function[0]']);
    expect(all.nodes[1]!.selfMs).toBeCloseTo(60 / 8, 0);
  });

  test('sums to the windows, and by cause to the partition, in random runs', () => {
    const frames: readonly Frame[] = [wasm('simd128'), wasm('spin'), wasm('wait'), js, program, { ...js, caller: wasm('copy') }];
    for (let seed = 1; seed <= 15; seed++) {
      const next = random(seed);
      const run = new RunBuilder();
      const worker = run.thread().task(0, 60).task(65, 130);
      for (let at = 0; at < 130; ) {
        const endMs = at + 1 + Math.floor(next() * 12);
        worker.executes(frames[Math.floor(next() * frames.length)]!, at, endMs);
        if (next() < 0.2) worker.preempted(at, endMs);
        if (next() < 0.2) worker.slice(next() < 0.5 ? 'MinorGC' : 'wasm.CompileLazy', at, at + (endMs - at) / 2);
        at = endMs + (next() < 0.2 ? 1 : 0);
      }
      worker.phase('iteration:0', 2, 58).phase('iteration:1', 66, 120);
      expectSound(analyze(run.input()));
    }
  });

  test('shows another thread’s stack where the window waits for what that does', () => {
    const run = new RunBuilder();
    const main = run
      .thread('CrRendererMain')
      .task(0, 10)
      .executes(js, 0, 10)
      .sleeps(idle, 10, 40)
      .task(40, 50)
      .executes(js, 40, 50);
    main.slice('HandlePostMessage', 40, 41).measure('infer', 0, 50);
    run.thread().task(10, 40).executes(wasm('simd128'), 10, 40);
    const analysis = analyze(run.input({ mark: 'infer' }));
    expectSound(analysis);
    const { nodes } = analysis.callTrees!.all;
    const thread = nodes.findIndex(({ kind }) => kind === 'thread');
    expect(nodes[thread]).toMatchObject({ depth: 1, name: 'DedicatedWorker thread 11', cause: null });
    expect(nodes[thread]!.totalMs).toBeGreaterThan(25);
    expect(nodes.slice(thread + 1, thread + 3).map(({ name }) => name)).toEqual(['run', 'wasm-function[0]']);
  });

  test('is unknown without samples, for the reason that the partition has', () => {
    const run = new RunBuilder();
    run.thread().task(0, 20).phase('iteration:0', 0, 20);
    const { callTrees, notes } = analyze(run.input());
    expect(callTrees).toBeNull();
    expect(notes.filter(({ id }) => id === 'no-samples')).toHaveLength(1);
  });
});

describe('a bounded tree', () => {
  const leaf = (name: string, totalUs: number, children: readonly CallNode[] = []): CallNode => ({
    ...{ name, kind: 'js', url: null, line: null, column: null, cause: null, totalUs },
    selfUs: totalUs - children.reduce((sum, child) => sum + child.totalUs, 0),
    children: new Map(children.map((child, i) => [String(i), child])),
  });

  test('leaves out what cannot be seen, and says how much that is; the root stays whole', () => {
    const small = Array.from({ length: 50 }, (_, i) => leaf(`small ${i}`, 100));
    const tree = bounded(leaf('all', 1_000_000, [leaf('large', 900_000, small), leaf('medium', 1000)]), 2);
    expect(shape(tree)).toEqual([
      [0, 'all', 500],
      [1, 'large', 450],
      [1, 'medium', 1],
    ]);
    expect(tree).toMatchObject({ windowMs: 500, prunedFunctions: 50, prunedShare: expect.closeTo(0.005, 9) });
  });

  test('keeps the largest where there are too many, each with all that it stands in, however deep a stack is', () => {
    let deep = leaf('deepest', 1000);
    for (let i = 0; i < 20_000; i++) deep = leaf(`level ${i}`, 1000, [deep]);
    const tree = bounded(leaf('all', 2000, [leaf('other', 1000), deep]), 1, 100);
    expect(tree.nodes).toHaveLength(100);
    expect(tree.nodes.map(({ depth }) => depth).slice(0, 2)).toEqual([0, 1]);
    expect(tree.nodes.every(({ depth }, i) => i === 0 || depth <= tree.nodes[i - 1]!.depth + 1)).toBe(true);
  });
});

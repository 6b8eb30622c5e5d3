import { describe, expect, test } from 'vitest';
import { operatorNotes } from '../../../analyzers/operators/index.js';
import { operatorTimes as timesOf } from '../../../analyzers/operators/operators.js';
import type { OperatorLog, OperatorNode } from '../../../src/bundle/operatorLog.js';
import { buildNode } from './buildNode.js';

function log(browser: readonly OperatorNode[], native: readonly OperatorNode[] | null, profiledMs = 10): OperatorLog {
  const profile = (nodes: readonly OperatorNode[], ms: number) => ({
    source: 'a runtime',
    graph: 'onnx' as const,
    predictionsMs: [ms, ms, ms],
    nodes: [...nodes],
    runs: null,
  });
  return {
    schema: 'inferscope.kernels/1',
    browser: profile(browser, profiledMs),
    native: native && profile(native, 4),
    peaks: null,
  };
}

const add = buildNode({ name: 'add', operator: 'Add', hostMs: [1, 3, 30] });
const conv = buildNode({ operator: 'FusedConv', hostMs: [6, 6, 6] });
const reorder = buildNode({ name: 'r', operator: 'ReorderOutput' });

const kernelTimes = (log: OperatorLog, timedMs: number | null) => {
  const { kernels, totals } = timesOf(log, timedMs, { lack: 'nobody asked' });
  return { kernels, totals: { ...totals, samplingLack: null } };
};

describe('time per operator', () => {
  const { kernels, totals } = kernelTimes(log([add, conv], [buildNode({ name: 'p' }), reorder]), 9);

  test('is the median over the predictions, most first, beside the native operator', () => {
    expect(kernels.map(({ name, ms, share, nativeMs, ratio, pairedBy }) => [name, ms, share, nativeMs, ratio, pairedBy])).toEqual(
      [
        ['conv', 6, 6 / 9, 2, 3, 'shape'],
        ['add', 3, 3 / 9, null, null, null],
      ],
    );
  });

  test('is summed by type, with types that only one side has', () => {
    expect(
      totals.types.map(({ operator, count, ms, nativeCount, nativeMs, ratio }) => [
        operator,
        count,
        ms,
        nativeCount,
        nativeMs,
        ratio,
      ]),
    ).toEqual([
      ['Conv', 1, 6, 1, 2, 3],
      ['Add', 1, 3, 0, 0, null],
      ['ReorderOutput', 0, 0, 1, 2, null],
    ]);
  });

  test('adds up to what is compared with a prediction', () => {
    expect(totals).toMatchObject({
      ms: 9,
      coverage: 1,
      profiledCoverage: 0.9,
      nativeMs: 4,
      nativeProfiledMs: 4,
      onDevice: false,
    });
    expect(operatorNotes(totals)).toEqual([]);
  });

  test('is that on the device where it tells', () => {
    const onDevice = { ...conv, provider: 'WebGpu', deviceMs: [1, 1, 1] };
    const { totals } = kernelTimes(log([onDevice], null), 10);
    expect(totals).toMatchObject({ ms: 1, hostMs: 6, onDevice: true, nativeMs: null });
    expect(operatorNotes(totals)[0]!.text).toContain(
      '10 % of a timed prediction: they are 10 % of those that were profiled, and the rest is getting',
    );
  });

  test('that does not add up is said, with what is behind it', () => {
    const slower = kernelTimes(log([conv, add], null), 5).totals;
    expect(operatorNotes(slower)[0]!.text).toMatch(
      /180 % of a timed prediction: the predictions of the profiling pass took 10.0 ms/,
    );
    expect(operatorNotes(slower)[0]).toMatchObject({ level: 'warning', text: expect.stringContaining('record again') });
    expect(operatorNotes(kernelTimes(log([conv, add], null), 7).totals)[0]!.level).toBe('info');
    const apart = kernelTimes(log([conv, add], null, 20), 20).totals;
    expect(operatorNotes(apart)[0]!.text).toMatch(/45 % of a timed prediction: .* the rest is outside of operators/);
    expect(operatorNotes(kernelTimes(log([conv], null), null).totals)).toEqual([]);
  });

  const peaks = { threads: 1, instructions: 'simd128', gigaflops: 0.6, gigabytesPerSecond: 20 } as const;
  // 2 × 24 × 144 × 64 operations.
  const flops = 442_368;

  test('has the operations and bytes of each operator and type, and what bounds it by the peaks', () => {
    const { kernels, totals } = kernelTimes({ ...log([buildNode({ hostMs: [1, 1, 1] })], null), peaks }, 9);
    const reached = { flops, bytes: 4 * (24 * 64 + 144 * 24 + 144 * 64), gflops: flops / 1e6, bound: 'compute' };
    expect(kernels[0]).toMatchObject(reached);
    expect(totals.types[0]).toMatchObject(reached);
    expect(totals).toMatchObject({ flops, flopsShare: 1, gflops: flops / 1e6, peaks, onHost: true });
  });

  test('does not know the work of a type where that of one of its operators is not known', () => {
    const unknown = buildNode({ inputs: [], outputs: [], inputTypes: null });
    expect(kernelTimes(log([buildNode(), unknown], null), 9).totals).toMatchObject({
      flops,
      flopsShare: 0.5,
      types: [{ flops: null }],
    });
  });

  test('of a device are not measured against the processor, and times of the thread are not the computation’s', () => {
    const onDevice = buildNode({ provider: 'WebGpu', deviceMs: [1, 1, 1] });
    const timed = kernelTimes({ ...log([onDevice], null), peaks }, 9);
    expect(timed.kernels[0]).toMatchObject({ gflops: flops / 1e6, bound: null });
    expect(timed.totals).toMatchObject({ peaks: null, onHost: false });
    const untimed = kernelTimes({ ...log([{ ...onDevice, deviceMs: null }], null), peaks }, 9);
    expect(untimed.kernels[0]).toMatchObject({ flops, gflops: null, bound: null });
    expect(untimed.totals.gflops).toBeNull();
  });

  test('of TF.js stand beside the native operator of the same work, with names and shapes as TF.js has them', () => {
    const kernel = buildNode({
      name: 'Clip_2',
      operator: 'FusedConv2D',
      inputs: [
        [1, 8, 8, 24],
        [1, 1, 24, 144],
      ],
      outputs: [[1, 8, 8, 144]],
    });
    const transpose = buildNode({ name: 't', operator: 'Transpose', inputs: [[1, 8, 8, 24], [4]], outputs: [[1, 8, 24, 8]] });
    const given = log(
      [kernel, transpose],
      [buildNode({ name: 'Clip_2_nchwc' }), { ...transpose, inputs: [[1, 24, 8, 8], [4]], outputs: [[1, 8, 8, 24]] }],
    );
    const { kernels, totals } = kernelTimes({ ...given, browser: { ...given.browser, graph: 'tfjs' } }, 9);
    expect(kernels.map(({ operator, shape, nativeName, pairedBy }) => [operator, shape, nativeName, pairedBy])).toEqual([
      ['FusedConv2D', '1×8×8×144', 'Clip_2_nchwc', 'shape'],
      ['Transpose', '1×8×24×8', 't', 'name'],
    ]);
    expect(totals.types[0]).toMatchObject({ operator: 'Conv', count: 1, nativeCount: 1 });
    // What only moves data is another thing in a graph of another layout.
    const renamed = { ...given, browser: { ...given.browser, graph: 'tfjs' as const, nodes: [{ ...transpose, name: 'u' }] } };
    expect(kernelTimes(renamed, 9).kernels[0]!.pairedBy).toBeNull();
  });
});

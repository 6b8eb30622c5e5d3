import { describe, expect, test } from 'vitest';
import { kernelNotes } from '../../../analyzers/kernels/kernelNotes.js';
import { kernelTimes } from '../../../analyzers/kernels/kernelTimes.js';
import type { KernelLog, KernelNode } from '../../../src/bundle/kernelLog.js';
import { buildNode } from './buildNode.js';

function log(browser: readonly KernelNode[], native: readonly KernelNode[] | null, profiledMs = 10): KernelLog {
  const profile = (nodes: readonly KernelNode[], ms: number) => ({
    source: 'a runtime',
    graph: 'onnx' as const,
    predictionsMs: [ms, ms, ms],
    nodes: [...nodes],
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
    expect(kernelNotes(totals)).toEqual([]);
  });

  test('is that on the device where it tells', () => {
    const onDevice = { ...conv, provider: 'WebGpu', deviceMs: [1, 1, 1] };
    const { totals } = kernelTimes(log([onDevice], null), 10);
    expect(totals).toMatchObject({ ms: 1, hostMs: 6, onDevice: true, nativeMs: null });
    expect(kernelNotes(totals)[0]!.text).toContain(
      '10 % of a timed prediction: they are 10 % of those that were profiled, and the rest is getting',
    );
  });

  test('that does not add up is said, with what is behind it', () => {
    const slower = kernelTimes(log([conv, add], null), 5).totals;
    expect(kernelNotes(slower)[0]!.text).toMatch(
      /180 % of a timed prediction: the predictions of the profiling pass took 10.0 ms/,
    );
    const apart = kernelTimes(log([conv, add], null, 20), 20).totals;
    expect(kernelNotes(apart)[0]!.text).toMatch(/45 % of a timed prediction: .* the rest is outside of operators/);
    expect(kernelNotes(kernelTimes(log([conv], null), null).totals)).toEqual([]);
  });
});

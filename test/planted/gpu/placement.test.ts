import { describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { loadInput } from '../../../src/loadInput.js';
import { onnxChain, shortRun } from '../../collectors/harness/shortRun.js';

/** ONNX Runtime's WebGPU provider has no kernels for these, and has those for what stands there otherwise. */
const LACKING = ['Selu', 'Celu', 'Sign'] as const;
const THERE = ['Elu', 'Abs', 'Neg'] as const;
const BETWEEN = ['HardSigmoid', 'Sigmoid', 'Tanh'] as const;

/** Enough for medians that a few slow predictions do not move. */
const ITERATIONS = 40;
const COUNTS = [0, 1, 3] as const;

/** A chain of additions and operators, of which the provider lacks `count`. It ends with one that it has. */
const chain = (count: number): string[] => THERE.flatMap((there, i) => [i < count ? LACKING[i]! : there, BETWEEN[i]!]);

describe.skipIf(!findBrowser())('operators that the backend lacks (skipped without a browser: trace doctor --fix)', () => {
  const recorded = new Map<number, Promise<Analysis>>();
  const recordingOf = (count: number): Promise<Analysis> => {
    const known = recorded.get(count) ?? record(count);
    recorded.set(count, known);
    return known;
  };

  test.each(COUNTS)('%i of them are found, by name, with the copies to and from each', async (count) => {
    const { fallbacks, placement, readBacksAmid, steps } = await recordingOf(count);
    const names = placement!.nodes.map(({ operator, why }) => [operator, why]).sort();
    expect(names).toEqual(
      LACKING.slice(0, count)
        .map((operator) => [operator, 'lacks'])
        .sort(),
    );
    expect(fallbacks).toMatchObject({
      elsewhere: count,
      lacking: count,
      onBackend: 12 - count,
      copies: { toHost: count, fromHost: count },
    });
    expect(fallbacks!.nodes.map(({ operator }) => operator).sort()).toEqual([...LACKING.slice(0, count)].sort());
    for (const node of fallbacks!.nodes) expect(node).toMatchObject({ copies: 2, bytes: 2 * 4096 });
    // The trace sees the same by the page's calls.
    expect(readBacksAmid!.count).toBeCloseTo(count, 6);
    expect(steps!.some(({ id }) => id === 'gpu.fallback')).toBe(count > 0);
    if (count > 0) expect(steps!.map(({ id }) => id)).not.toContain('gpu.read-once');
  });

  test('they cost more the more there are, and nothing where there are none', async () => {
    const [none, one, three] = await Promise.all(COUNTS.map(async (count) => (await recordingOf(count)).fallbacks!));
    expect(none!.cost).toBeNull();
    expect(one!.cost!.ms).toBeGreaterThan(0);
    expect(three!.cost!.ms).toBeGreaterThan(1.5 * one!.cost!.ms);
  });

  test.each([1, 3])('%i of them make a prediction longer by no more than is said to be saved at most', async (count) => {
    const [{ latency: without }, { latency, fallbacks }] = await Promise.all([recordingOf(0), recordingOf(count)]);
    // The runs are minutes apart, and others' load only adds: the shortest is nearest to what the work itself takes.
    const longerMs = Math.min(...latency!.prediction!.samplesMs) - Math.min(...without!.prediction!.samplesMs);
    const { savesMs } = fallbacks!.cost!;
    expect(longerMs).toBeGreaterThan(0);
    expect(longerMs).toBeLessThan(1.1 * savesMs + 1);
  });
});

async function record(count: number): Promise<Analysis> {
  const passes = ['timing', 'trace', 'placement', 'operators'] as const;
  const { status, reason, folder } = await shortRun('ort', 'webgpu', await onnxChain(chain(count)), passes, {
    iterations: ITERATIONS,
  });
  expect({ status, reason }).toEqual({ status: 'complete', reason: null });
  return analyze(await loadInput(folder));
}

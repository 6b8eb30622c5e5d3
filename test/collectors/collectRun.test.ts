import { describe, expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { loadInput } from '../../src/loadInput.js';
import { onnxChain, shortRun } from './harness/shortRun.js';

describe.skipIf(!findBrowser())('a run of chosen passes (skipped without a browser: trace doctor --fix)', () => {
  test('makes these and no other, is complete, and says of the others that they were not asked for', async () => {
    const { folder, ...result } = await shortRun('ort', 'wasm', await onnxChain(['Selu']), ['trace', 'operators']);
    expect(result).toMatchObject({ status: 'complete', reason: null, timed: true });
    expect(result.holds).toBe('a trace with 2 predictions, 1 Wasm modules, the time of each operator');
    const input = await loadInput(folder);
    const { collectors, framework, timingPass } = input.manifest!;
    expect(Object.keys(collectors).filter((id) => collectors[id]!.outcome === 'not-asked')).toEqual([
      'timing',
      'counts',
      'memory',
    ]);
    expect(Object.values(collectors).map(({ outcome }) => outcome)).not.toContain('failed');
    expect(framework).toMatchObject({ threads: 1, crossOriginIsolated: true });
    expect(timingPass.rounds).toEqual([]);
    const { partition, latency, gap, kernels, notes } = analyze(input);
    expect(partition!.windows).toBe(2);
    expect(kernels!.map(({ operator }) => operator).sort()).toEqual(['Add', 'Selu']);
    expect([latency!.prediction, gap]).toEqual([null, null]);
    expect(notes).toContainEqual(
      expect.objectContaining({ id: 'collector-timing', text: 'No timed predictions: the timing pass was not asked for.' }),
    );
  });

  test('of memory alone leaves a bundle', { tags: ['slow'] }, async () => {
    const { folder, ...result } = await shortRun('ort', 'wasm', await onnxChain(['Selu']), ['memory']);
    expect(result).toMatchObject({ status: 'complete', holds: 'memory over the run' });
    expect(analyze(await loadInput(folder)).memory!.held!.peakBytes).toBeGreaterThan(0);
  });
});

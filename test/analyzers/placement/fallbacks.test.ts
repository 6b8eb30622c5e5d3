import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { fallbacksOf } from '../../../analyzers/placement/fallbacks.js';
import { placementNotes } from '../../../analyzers/placement/index.js';
import { view } from '../../../analyzers/placement/view.js';
import { type Manifest, manifestSchema, type PlacedOperator } from '../../../src/bundle/manifest.js';
import type { OperatorProfile } from '../../../src/bundle/operatorLog.js';
import { buildManifest } from '../buildManifest.js';
import { RunBuilder } from '../buildRun.js';
import { buildNode } from '../operators/buildNode.js';

const on = (backend: string, placement: unknown): Manifest => {
  const built = buildManifest();
  return manifestSchema.parse({ ...built, workload: { ...built.workload, backend }, placement });
};
const placed = (operator: string, why: PlacedOperator['why'], name = `${operator}_1`): PlacedOperator => ({
  ...{ name, operator, provider: 'CPU', why, cost: null },
});
const one = (operator: string) => ({ operator, provider: 'CPU', count: 1 });

/** `first` on the device, then a Selu of 2 ms with copies of 7 and 1 ms. */
const profile: OperatorProfile = {
  ...{ source: 'ONNX Runtime', graph: 'onnx', predictionsMs: [40], runs: null },
  nodes: [
    ['Add', 'WebGpu', 0.5],
    ['MemcpyToHost', 'WebGpu', 7],
    ['Selu', 'CPU', 2],
    ['MemcpyFromHost', 'WebGpu', 1],
  ].map(([operator, provider, ms]) => {
    const tensors = { inputs: [[8]], outputs: [[8]], inputTypes: ['float'], outputTypes: ['float'] };
    return buildNode({
      name: `${operator}_1`,
      operator: `${operator}`,
      provider: `${provider}`,
      ...tensors,
      hostMs: [Number(ms)],
    });
  }),
};

describe('where operators ran', () => {
  const lacking = { onBackend: 9, elsewhere: [one('Selu')], nodes: [placed('Selu', 'lacks')], source: 'as placed' };

  test('what the framework said when it placed them has what its profile says they took', () => {
    const known = fallbacksOf({ manifest: on('webgpu', lacking), profile, timedMs: 30 })!;
    expect(known).toMatchObject({ backend: 'WebGPU', onBackend: 9, elsewhere: 1, lacking: 1, costLack: null });
    expect(known.nodes).toEqual([
      { name: 'Selu_1', operator: 'Selu', provider: 'CPU', why: 'lacks', ownMs: 2, copies: 2, copiesMs: 8, bytes: 64 },
    ]);
    expect(known.cost).toMatchObject({ ms: 10, ownMs: 2, copiesMs: 8, savesMs: 10, predictionMs: 40 });
    const parts = known.types.filter(({ isOnBackend }) => !isOnBackend).map(({ ownMs, copiesMs }) => ownMs! + copiesMs!);
    expect(parts.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(known.cost!.ms, 9);
  });

  test('no more can be saved than a prediction takes, and more of one that took longer than when it was profiled', () => {
    const saves = (timedMs: number) => fallbacksOf({ manifest: on('webgpu', lacking), profile, timedMs })!.cost!.savesMs;
    expect(saves(4)).toBe(4);
    expect(saves(80)).toBe(20);
  });

  test('an operator without a name is found by its type', () => {
    const nodes = [placed('Selu', 'lacks', '')];
    const known = fallbacksOf({ manifest: on('webgpu', { ...lacking, nodes }), profile, timedMs: null })!;
    expect(known.nodes).toMatchObject([{ name: 'Selu_1', ownMs: 2 }]);
  });

  test('without a profile what they cost is not measured, and the step says why', () => {
    const known = fallbacksOf({ manifest: on('webgpu', lacking), profile: null, timedMs: 30 })!;
    expect(known).toMatchObject({ cost: null, costLack: 'not measured: there is no profile of the operators' });
    expect(known.types[0]).toMatchObject({ operator: 'Selu', ownMs: null, copiesMs: null });
    expect(view.brief({ fallbacks: known, readBacksAmid: null })[0]!.text).toContain('not measured');
  });

  test('bundles of before tell only types', () => {
    const old = { onBackend: 9, elsewhere: [{ operator: 'Resize', provider: 'CPU', count: 3 }], source: 'as placed' };
    const known = fallbacksOf({ manifest: on('webgpu', old), profile: null, timedMs: null })!;
    expect(known).toMatchObject({ elsewhere: 3, lacking: 3, nodes: [], copies: null });
    expect(known.types).toMatchObject([{ operator: 'Resize', count: 3, why: null }]);
  });

  test('TF.js: kernels that read back and compute in JavaScript cost what the pass saw; small ones are on purpose', () => {
    const cost = { ms: 5, readBacks: 1, readBackMs: 4, readBackBytes: 400 };
    const small = { ...placed('Neg', 'small'), cost: { ms: 0.1, readBacks: 0, readBackMs: 0, readBackBytes: 0 } };
    const nodes = [{ ...placed('TopK', 'reads'), cost }, small];
    const elsewhere = [one('Neg'), one('TopK')];
    const manifest = on('webgl', { onBackend: 9, elsewhere, nodes, source: 'as placed' });
    const known = fallbacksOf({ manifest, profile: { ...profile, graph: 'tfjs' }, timedMs: 30 })!;
    expect(known).toMatchObject({ backend: 'WebGL', elsewhere: 2, lacking: 1 });
    expect(known.cost!.ms).toBeCloseTo(5.1, 9);
    expect(known.cost).toMatchObject({ copiesMs: 4, bytes: 400, waitMs: null });
  });

  test('nothing is said of a run on the processor, or where the framework does not tell', () => {
    expect(fallbacksOf({ manifest: on('wasm', null), profile, timedMs: 30 })).toBeNull();
    expect(fallbacksOf({ manifest: on('webgl', null), profile: null, timedMs: 30 })).toBeNull();
  });

  test('a profile that ONNX Runtime wrote itself tells it by itself', () => {
    const known = fallbacksOf({ manifest: null, profile, timedMs: null })!;
    expect(known).toMatchObject({ backend: 'WebGpu', onBackend: 1, elsewhere: 1, lacking: 1, cost: { ms: 10 } });
  });

  test('one line says it', () => {
    const said = (given: unknown, of: OperatorProfile | null = profile) =>
      view.brief({ fallbacks: fallbacksOf({ manifest: on('webgpu', given), profile: of, timedMs: 30 }), readBacksAmid: null });
    expect(said(lacking)[0]!.text).toBe('9 of 10 operators on WebGPU; 1 elsewhere cost 10.0 ms (copies 8.00 ms)');
    expect(said({ onBackend: 9, elsewhere: [], source: '' }, null)[0]!.text).toBe('all 9 operators on WebGPU');
    expect(view.brief({ fallbacks: null, readBacksAmid: null })).toEqual([]);
  });
});

describe('the note on operators elsewhere', () => {
  const notesOf = (elsewhere: readonly object[], nodes: readonly PlacedOperator[], onBackend = 105) =>
    placementNotes(
      fallbacksOf({
        manifest: on('webgpu', { onBackend, elsewhere, nodes, source: 'as it says' }),
        profile: null,
        timedMs: null,
      })!,
      'as it says',
    );

  test('names types, most frequent first', () => {
    const elsewhere = ['A', 'B', 'C', 'D', 'E'].map((operator, i) => ({ operator, provider: 'CPU', count: 5 - i }));
    expect(notesOf(elsewhere, [])).toEqual([
      {
        id: 'placed-elsewhere',
        level: 'warning',
        text: '15 of 120 operators (A 5, B 4, C 3, D 2, …) ran on the CPU, not on WebGPU, as it says.',
      },
    ]);
  });

  test('is no warning where the framework moved them on purpose', () => {
    const [note] = notesOf([one('Add')], [placed('Add', 'moved')]);
    expect(note).toMatchObject({ id: 'placed-elsewhere', level: 'info' });
    expect(note!.text).toContain('1 operator of these on purpose');
  });

  test('is not there where all ran on the backend', () => {
    expect(notesOf([], [])).toEqual([]);
  });
});

test('an analysis holds it, with a step that names the operator and what it saves at most', () => {
  const placement = { onBackend: 9, elsewhere: [one('Selu')], nodes: [placed('Selu', 'lacks')], source: 'as placed' };
  const kernels = { schema: 'inferscope.kernels/1', browser: profile, native: null, peaks: null } as const;
  const { fallbacks, steps } = analyze(new RunBuilder().input({ manifest: on('webgpu', placement), kernels }));
  expect(fallbacks!.cost!.ms).toBe(10);
  const step = steps!.find(({ id }) => id === 'gpu.fallback')!;
  expect(step.title).toContain('Selu');
  expect(step.saves).toMatchObject({ kind: 'bound', ms: fallbacks!.cost!.savesMs });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OperatorsUnavailable } from '../../../collectors/operators/frameworkProfile.js';
import { readTfjsProfile as profileOf } from '../../../collectors/operators/readTfjsProfile.js';
import type { TfjsEntry, TfjsProfile } from '../../../collectors/operators/tfjsProfileSchema.js';
import { packageRoot } from '../../../src/packageRoot.js';

/** One prediction of MobileNetV2 on TF.js 4.22, Wasm, one thread. */
const recorded = readFileSync(join(packageRoot(), 'test/collectors/operators/tfjs.mobilenet-v2.json'), 'utf8');
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function entry(overrides: Partial<TfjsEntry>): TfjsEntry {
  const tensor = { type: 'float32', shape: [1, 4] };
  const made = { kernel: 'Add', scope: 'add__op', node: null, parent: null, startMs: 0, ms: 1, deviceMs: null, inputs: [tensor] };
  return { ...made, outputs: [tensor], ...overrides };
}

const profile = (entries: readonly TfjsEntry[], device: TfjsProfile['device'] = 'none'): string =>
  JSON.stringify({ device, runs: [{ startMs: 100, ms: 20, entries }] });
const readTfjsProfile = (...given: Parameters<typeof profileOf>) => profileOf(...given).nodes;
const read = (entries: readonly TfjsEntry[], device: TfjsProfile['device'] = 'none') =>
  readTfjsProfile(profile(entries, device), 1, 1, device === 'none' ? 'wasm' : 'webgl');
const hostTimes = (entries: readonly TfjsEntry[]) =>
  read(entries).map(({ name, operator, hostMs }) => [name, operator, hostMs[0]]);

const none = { startMs: 0, ms: 1, entries: [] };

describe('the profile of TF.js, as recorded', () => {
  const { runs } = JSON.parse(recorded) as TfjsProfile;
  const nodes = readTfjsProfile(recorded, 1, 1, 'wasm');
  const once = total(nodes.map(({ hostMs }) => hostMs[0]!));

  test('counts each microsecond once: the sum is that of the outermost entries', () => {
    const outermost = total(runs[0]!.entries.filter(({ parent }) => parent === null).map(({ ms }) => ms));
    expect(once).toBeCloseTo(outermost, 6);
  });

  test('is far below the sum of all entries, which has every wrapped kernel twice', () => {
    const naive = total(runs[0]!.entries.map(({ ms }) => ms));
    expect(naive / once).toBeGreaterThan(1.4);
    expect(naive / once).toBeLessThanOrEqual(2);
  });

  test('gives each operator the name of its node, and no wrapper is one', () => {
    expect(nodes.slice(0, 3).map(({ name, operator }) => [name, operator])).toEqual([
      ['Clip_2', 'FusedConv2D'],
      ['Clip_5', 'FusedDepthwiseConv2D'],
      ['BatchNormalization_7', 'FusedConv2D'],
    ]);
    expect(new Set(nodes.map(({ operator }) => operator))).toEqual(
      new Set(['FusedConv2D', 'FusedDepthwiseConv2D', 'Add', 'Mean', 'Reshape', '_FusedMatMul']),
    );
    expect(nodes.filter(({ operator }) => /Conv2D/.test(operator))).toHaveLength(52);
    expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
    expect(nodes.filter(({ name }) => name.startsWith('Gemm')).map(({ name, operator }) => [name, operator])).toEqual([
      ['Gemm_151/Reshape', 'Reshape'],
      ['Gemm_151/Reshape#2', 'Reshape'],
      ['Gemm_151', '_FusedMatMul'],
      ['Gemm_151/Reshape#3', 'Reshape'],
    ]);
  });

  test('tells the shapes and types of what each kernel was given', () => {
    expect(nodes[0]).toMatchObject({
      provider: 'Wasm',
      inputs: [[1, 224, 224, 3], [3, 3, 3, 32], [32]],
      inputTypes: ['float32', 'float32', 'float32'],
      outputs: [[1, 112, 112, 32]],
      deviceMs: null,
    });
  });
});

describe('the profile of TF.js', () => {
  test('gives what stands around kernels to the first of them', () => {
    const wrapper = entry({ kernel: null, scope: 'logSoftmax__op', ms: 10 });
    const inside = [entry({ kernel: 'Sub', parent: 0, ms: 2 }), entry({ kernel: 'Exp', parent: 0, ms: 5 })];
    expect(hostTimes([wrapper, ...inside, entry({})])).toEqual([
      ['Sub#1', 'Sub', 5],
      ['Exp#1', 'Exp', 5],
      ['Add#1', 'Add', 1],
    ]);
  });

  test('counts a kernel inside of another as part of it, however deep', () => {
    const within = [entry({ kernel: null, parent: 0, ms: 4 }), entry({ kernel: 'Transpose', parent: 1, ms: 3 })];
    expect(hostTimes([entry({ kernel: 'ArgMax', ms: 9 }), ...within])).toEqual([['ArgMax#1', 'ArgMax', 9]]);
  });

  test('keeps what runs no kernel by the name of its operator', () => {
    expect(hostTimes([entry({ kernel: null, scope: 'custom__op', ms: 3 })])).toEqual([['custom__op#1', 'custom__op', 3]]);
  });

  test('tells further kernels of one node by their types', () => {
    const names = read([1, 2, 3].map(() => entry({ node: 'block/add' }))).map(({ name }) => name);
    expect(names).toEqual(['block/add', 'block/add/Add', 'block/add/Add#2']);
  });

  test('has the device’s time of each kernel where it tells', () => {
    const wrapper = entry({ kernel: null, ms: 2 });
    const [node] = read([wrapper, entry({ parent: 0, ms: 1, deviceMs: 7 })], 'timed');
    expect(node).toMatchObject({ provider: 'WebGL', hostMs: [2], deviceMs: [7] });
  });

  test.each([
    ['has no timer', [entry({})], 'silent', /no timer of the device/],
    ['lost a time', [entry({})], 'timed', /told no time of Add/],
    ['told what cannot be', [entry({ deviceMs: -1 })], 'timed', /told no time of Add/],
  ] as const)('of a device that %s is none', (_, entries, device, message) => {
    expect(() => read(entries, device)).toThrow(OperatorsUnavailable);
    expect(() => read(entries, device)).toThrow(message);
  });

  test('tells when each kernel and what stands around it ran, and when the runs did', () => {
    const entries = [entry({ kernel: null, ms: 9, startMs: 2 }), entry({ parent: 0, startMs: 3, ms: 5 })];
    const runs = [none, { startMs: 100, ms: 20, entries }, { startMs: 130, ms: 25, entries }, { startMs: 160, ms: 20, entries }];
    expect(profileOf(JSON.stringify({ device: 'none', runs }), 4, 1, 'wasm', 2)).toMatchObject({
      nodes: [{ hostMs: [9], stretches: { prediction: [0, 0, 1, 1], startMs: [2, 3, 2, 3], ms: [9, 5, 9, 5] } }],
      runs: { startMs: [0, 30], ms: [20, 25] },
    });
  });

  test.each([
    ['cut', '{"device":', /is not valid JSON/],
    ['of another kind', '{"device":"none","runs":[{"startMs":0,"ms":1,"entries":[{}]}]}', /is not as expected/],
    ['with an entry inside of a later one', profile([entry({ parent: 3 })]), /inside of one that begins later/],
    ['of more runs', JSON.stringify({ device: 'none', runs: [none, none] }), /holds 2 runs, not 1/],
  ])('that is %s is refused', (_, text, message) => {
    expect(() => readTfjsProfile(text, 1, 1, 'wasm')).toThrow(message);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOrtProfile as profileOf } from '../../../collectors/operators/readOrtProfile.js';
import { packageRoot } from '../../../src/packageRoot.js';

/** Recorded with ONNX Runtime 1.30, three runs each, cut to a few operators. */
const recorded = (kind: string): string =>
  readFileSync(join(packageRoot(), `test/collectors/operators/profile.${kind}.json`), 'utf8');
const event = (name: string, ts: number, dur: number) => ({
  cat: 'Node',
  name: `${name}_kernel_time`,
  ts,
  dur,
  args: { op_name: name, provider: 'CPUExecutionProvider' },
});
const readOrtProfile = (text: string, runs: number, predictions: number) => profileOf(text, runs, predictions).nodes;
const run = { cat: 'Session', name: 'model_run', ts: 0, dur: 100, args: {} };

describe('the profile of ONNX Runtime', () => {
  test('in the browser: the operators of the last runs, once each', () => {
    expect(readOrtProfile(recorded('wasm'), 3, 2)).toEqual([
      expect.objectContaining({
        name: 'Conv_0',
        operator: 'FusedConv',
        provider: 'CPU',
        hostMs: [19.059, 83.649],
        deviceMs: null,
      }),
      expect.objectContaining({ name: 'Conv_16', inputs: [[1, 24, 56, 56], [144, 24, 1, 1], [144]], hostMs: [7.065, 7.694] }),
      expect.objectContaining({ name: 'Gemm_151', outputs: [[1, 1000]], hostMs: [0.449, 0.494] }),
    ]);
  });

  test('natively', () => {
    const nodes = readOrtProfile(recorded('native'), 3, 3);
    expect(nodes.map(({ name, operator, hostMs }) => [name, operator, hostMs])).toEqual([
      ['Clip_2_nchwc', 'Conv', [0.392, 0.441, 0.341]],
      ['Clip_18_nchwc', 'Conv', [0.32, 0.323, 28.686]],
      ['Gemm_151', 'Gemm', [19.123, 0.346, 0.311]],
    ]);
  });

  test('on WebGPU: with the time on the device, prediction by prediction', () => {
    expect(readOrtProfile(recorded('webgpu'), 3, 2)).toEqual([
      expect.objectContaining({ name: 'Add_0', provider: 'WebGpu', hostMs: [0.15, 0.209], deviceMs: [0.702, 0.072] }),
      expect.objectContaining({ name: 'Clip_2', provider: 'WebGpu', hostMs: [0.045, 0.075], deviceMs: [2.044, 0.043] }),
    ]);
  });

  test('on WebGPU: programs that ran in the first run only are not in the predictions', () => {
    const events = JSON.parse(recorded('webgpu')) as { cat: string }[];
    const first = events.findIndex(({ cat }) => cat === 'Api');
    const more = [...events.slice(0, first), { ...events[first]!, dur: 9e6 }, ...events.slice(first)];
    expect(readOrtProfile(JSON.stringify(more), 3, 2)[0]!.deviceMs).toEqual([0.702, 0.072]);
  });

  test('counts operators inside another once', () => {
    const events = [event('Add', 20, 30), event('Mul', 50, 10), event('Loop', 10, 60), event('Relu', 70, 5), run];
    const times = readOrtProfile(JSON.stringify(events), 1, 1).map(({ name, hostMs }) => [name, hostMs[0]]);
    expect(times).toEqual([
      ['Add', 0.03],
      ['Mul', 0.01],
      ['Loop', 0.02],
      ['Relu', 0.005],
    ]);
  });

  test('tells when each operator ran, since its run began, and when the runs did', () => {
    const { nodes, runs } = profileOf(recorded('wasm'), 3, 1, 1);
    expect(nodes[1]!.hostMs).toEqual([7.694]);
    expect(nodes[1]!.stretches).toEqual({ prediction: [0], startMs: [114.68], ms: [7.065] });
    expect(runs).toEqual({ startMs: [0], ms: [225.155] });
  });

  test('tells each time that an operator in a loop ran, and the loop with what is inside of it', () => {
    const begun = { ...run, ts: 5 };
    const events = [event('Add', 20, 10), event('Add', 40, 12), event('Loop', 10, 60), begun];
    expect(profileOf(JSON.stringify(events), 1, 0, 1).nodes.map(({ name, stretches }) => [name, stretches])).toEqual([
      ['Add', { prediction: [0, 0], startMs: [0.015, 0.035], ms: [0.01, 0.012] }],
      ['Loop', { prediction: [0], startMs: [0.005], ms: [0.06] }],
    ]);
  });

  test.each([
    ['cut', '[{"cat":', /is not valid JSON/],
    ['of another kind', '[{"cat":"Node"}]', /is not as expected/],
    ['of fewer runs', JSON.stringify([run]), /holds 1 runs, not 3/],
  ])('that is %s is refused', (_, text, message) => {
    expect(() => readOrtProfile(text, 3, 2)).toThrow(message);
  });
});

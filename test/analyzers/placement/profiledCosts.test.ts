import { describe, expect, test } from 'vitest';
import { type ProfiledFallback, profiledCosts } from '../../../analyzers/placement/profiledCosts.js';
import type { OperatorNode, OperatorProfile } from '../../../src/bundle/operatorLog.js';
import { buildNode } from '../operators/buildNode.js';

const SHAPE = [1, 1024];

/** An operator on [1, 1024] floats. */
const node = (name: string, operator: string, provider: string, hostMs: number, deviceMs: number | null): OperatorNode =>
  buildNode({
    ...{ name, operator, provider, inputs: [SHAPE], outputs: [SHAPE], inputTypes: ['float'], outputTypes: ['float'] },
    hostMs: [hostMs, hostMs, hostMs],
    deviceMs: deviceMs === null ? null : [deviceMs, deviceMs, deviceMs],
  });
const onGpu = (name: string, deviceMs = 3): OperatorNode => node(name, 'Add', 'WebGpu', 0.5, deviceMs);
const onCpu = (name: string, operator = 'Selu'): OperatorNode => node(name, operator, 'CPU', 2, null);
const toHost = (name: string, ms = 7): OperatorNode => node(name, 'MemcpyToHost', 'WebGpu', ms, 0);
const fromHost = (name: string, ms = 1): OperatorNode => node(name, 'MemcpyFromHost', 'WebGpu', ms, 0);

const profile = (...nodes: readonly OperatorNode[]): OperatorProfile => ({
  ...{ source: 'ONNX Runtime', graph: 'onnx', predictionsMs: [50, 50, 50], runs: null },
  nodes: [...nodes],
});

describe('what operators on the processor cost beside a device', () => {
  test('each has its own time, its copies with their bytes, and what these waited for', () => {
    const found = profiledCosts(profile(onGpu('a'), toHost('m1'), onCpu('selu'), fromHost('m2'), onGpu('b'), onGpu('c')))!;
    expect(found.provider).toBe('WebGpu');
    expect([...found.onBackend]).toEqual([['Add', 3]]);
    expect(found.fallbacks).toEqual([
      {
        ...{ name: 'selu', operator: 'Selu', provider: 'CPU', toHost: 1, fromHost: 1 },
        ...{ ownMs: 2, copiesMs: 8, waitMs: 3, bytes: 2 * 4096 },
      },
    ]);
    expect(found).toMatchObject({ ms: 10, copies: { toHost: 1, fromHost: 1 }, others: { count: 0, ms: 0 }, predictionMs: 50 });
  });

  test.each([0, 1, 3, 7])('%i of them, each between two of the device, cost that often as much', (count) => {
    const chain = Array.from({ length: count }, (_, i) => [
      toHost(`to${i}`),
      onCpu(`selu${i}`),
      fromHost(`from${i}`),
      onGpu(`g${i}`),
    ]);
    const found = profiledCosts(profile(onGpu('first'), ...chain.flat()))!;
    expect(found.fallbacks.map(({ name }) => name)).toEqual(Array.from({ length: count }, (_, i) => `selu${i}`));
    expect(found.ms).toBeCloseTo(count * 10, 9);
    expect(found.copies).toEqual({ toHost: count, fromHost: count });
  });

  test('two in a row share one way there and back', () => {
    const found = profiledCosts(
      profile(onGpu('a'), toHost('m1'), onCpu('selu'), onCpu('celu', 'Celu'), fromHost('m2'), onGpu('b')),
    )!;
    expect(found.fallbacks.map(({ name, toHost, fromHost, copiesMs }) => [name, toHost, fromHost, copiesMs])).toEqual([
      ['selu', 1, 0, 7],
      ['celu', 0, 1, 1],
    ]);
  });

  test('a copy waits no longer than it takes, and only for what was asked since the last one', () => {
    const { fallbacks } = profiledCosts(
      profile(
        onGpu('a', 30),
        toHost('m1'),
        onCpu('s1'),
        fromHost('m2'),
        onGpu('b', 2),
        toHost('m3'),
        onCpu('s2'),
        fromHost('m4'),
      ),
    )!;
    expect(fallbacks.map(({ waitMs }) => waitMs)).toEqual([7, 2]);
  });

  test('without times of the device, what is waiting is unknown', () => {
    const silent = { ...onGpu('a'), deviceMs: null };
    expect(profiledCosts(profile(silent, toHost('m1'), onCpu('s1'), fromHost('m2')))!.fallbacks[0]!.waitMs).toBeNull();
  });

  test('a copy that no operator of the processor takes is of none', () => {
    const found = profiledCosts(profile(onGpu('a'), toHost('m1'), onGpu('reshape'), fromHost('m2')))!;
    expect(found).toMatchObject({ fallbacks: [], ms: 0, others: { count: 2, ms: 8, bytes: 2 * 4096 } });
  });

  test('parts sum to the median of the sums, where medians of parts do not', () => {
    const uneven = { ...onCpu('s1'), hostMs: [0, 0, 9] };
    const found = profiledCosts(
      profile(onGpu('a'), { ...toHost('m1'), hostMs: [9, 3, 0] }, uneven, { ...fromHost('m2'), hostMs: [1, 1, 1] }),
    )!;
    expect(found.ms).toBe(10);
    const [{ ownMs, copiesMs }] = found.fallbacks as readonly [ProfiledFallback];
    expect(ownMs + copiesMs).toBeCloseTo(10, 9);
  });

  test('nothing of a run in which no operator was on a device', () => {
    expect(profiledCosts(profile(onCpu('a'), onCpu('b')))).toBeNull();
    expect(profiledCosts(profile())).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { operatorGroups } from '../../../analyzers/operators/groups.js';

const unsampled = () => ({ samples: 0, functions: null, outsideWasm: null, executedFlops: null });
const operator = (parts: object) => ({
  kind: 'depthwise' as const,
  shape: '1×32×56×56',
  ms: 4,
  share: 0.1,
  nativeMs: 0.5,
  roofMs: 1,
  couldSaveMs: 1.5,
  ...parts,
});

describe('operators by kind', () => {
  test('have the time above the roof, or else above native, and the most to save first', () => {
    const groups = operatorGroups(
      [
        operator({ kind: 'pointwise', ms: 20, roofMs: 19, nativeMs: 5 }),
        operator({}),
        operator({ shape: '1×64×28×28', ms: 6, roofMs: null }),
        operator({ kind: 'resize', roofMs: null, nativeMs: null, couldSaveMs: null }),
      ],
      unsampled,
    );
    expect(groups.map(({ kind, count, ms, aboveMs }) => [kind, count, ms, aboveMs])).toEqual([
      ['depthwise', 2, 10, 3 + 5.5],
      ['pointwise', 1, 20, 1],
      ['resize', 1, 4, null],
    ]);
    expect(groups[0]).toMatchObject({
      paired: { count: 2, ms: 10, nativeMs: 1 },
      roof: { count: 1, ms: 4, roofMs: 1 },
      largest: { shape: '1×64×28×28', count: 1, ms: 6 },
    });
    expect(groups[2]).toMatchObject({ paired: null, roof: null });
    expect(groups.map(({ couldSaveMs }) => couldSaveMs)).toEqual([3, 1.5, null]);
  });

  test('that are faster than their roof, as from a cache, have nothing to save and take nothing from others', () => {
    expect(operatorGroups([operator({ ms: 0.5 }), operator({ ms: 3 })], unsampled)[0]!.aboveMs).toBe(2);
  });

  test('leave out what took no time', () => {
    expect(operatorGroups([operator({ ms: 0 })], unsampled)).toEqual([]);
  });

  test('have the functions of their kind', () => {
    const sampled = { samples: 40, functions: [], outsideWasm: 1, executedFlops: null };
    expect(operatorGroups([operator({})], (kind) => (kind === 'depthwise' ? sampled : unsampled()))[0]).toMatchObject(sampled);
  });
});

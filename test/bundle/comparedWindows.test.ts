import { describe, expect, test } from 'vitest';
import { meanWindows } from '../../src/bundle/comparedWindows.js';
import { buildProcess } from '../analyzers/compare/buildCompare.js';

const windowOf = (scalar: number, glue: number) => ({
  ms: scalar + glue,
  causesMs: { 'isa.scalar': scalar, 'runtime.glue': glue },
});
const processOf = (windows: readonly ReturnType<typeof windowOf>[]) => buildProcess({}, { windows: [...windows] });

describe('meanWindows', () => {
  test('of turns is of the same ones on both sides, so that a slow machine cancels', () => {
    // In every other turn the machine is slower by a third; what b has more is the same part of it.
    const turns = Array.from({ length: 12 }, (_, place) => (place % 2 === 0 ? 1 : 1.33));
    const round = {
      turns: [],
      tracedTurns: turns.map(() => ({ a: 1, b: 2 })),
      a: processOf(turns.map((slow) => windowOf(40 * slow, 2 * slow))),
      b: processOf(turns.flatMap((slow) => [windowOf(40 * slow, 10 * slow), windowOf(40 * slow, 10 * slow)])),
    };
    const { a, b } = meanWindows(round)!;
    expect(b.causesMs['isa.scalar']! - a.causesMs['isa.scalar']!).toBeCloseTo(0, 9);
    expect(b.ms - a.ms).toBeCloseTo(b.causesMs['runtime.glue']! - a.causesMs['runtime.glue']!, 9);
    expect(a.ms).toBeCloseTo(a.causesMs['isa.scalar']! + a.causesMs['runtime.glue']!, 9);
  });

  test('without turns, or where windows of them are missing, is of the typical windows of each', () => {
    const times = (count: number, scalar: number) => Array.from({ length: count }, () => windowOf(scalar, 2));
    const a = processOf([...times(6, 40), windowOf(400, 2)]);
    const b = processOf(times(7, 50));
    for (const tracedTurns of [[], [{ a: 1, b: 1 }]]) {
      const means = meanWindows({ turns: [], tracedTurns, a, b })!;
      expect([means.a.ms, means.b.ms]).toEqual([42, 52]);
    }
    expect(meanWindows({ turns: [], tracedTurns: [], a, b: processOf([]) })).toBeNull();
  });

  test('has a cause that only some windows have as a part of all', () => {
    const some = { ms: 10, causesMs: { 'runtime.gc': 10 } };
    const others = { ms: 10, causesMs: { 'isa.scalar': 10 } };
    const one = buildProcess({}, { windows: [some, others] });
    const { a } = meanWindows({ turns: [], tracedTurns: [{ a: 2, b: 2 }], a: one, b: one })!;
    expect(a).toEqual({ ms: 10, causesMs: { 'runtime.gc': 5, 'isa.scalar': 5 } });
  });
});

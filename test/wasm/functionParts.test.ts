import { expect, test } from 'vitest';
import { classify, isWork } from '../../src/wasm/classify.js';
import { decodeFunction } from '../../src/wasm/decodeFunction.js';
import type { FunctionCode } from '../../src/wasm/functionCode.js';
import { COST_RANGE, type FunctionPart, functionParts } from '../../src/wasm/functionParts.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { type InstructionClass, mixOf } from '../../src/wasm/mix.js';
import { moduleOf, op } from './builder.js';

const vectorLoop = op.loop(op.vectorLoad(), op.vectorFloat(), op.vectorStore(), op.count());
const scalarLoop = op.loop(op.load(), op.float(), op.float(), op.store());

function decoded(...statements: readonly (readonly number[])[]): FunctionCode {
  return decodeFunction(indexModule(moduleOf({ functions: [statements.flat()] })), 0);
}

/** What it executes where each of its loops begins anew so many times, by position. */
function executed({ loops, body, inLoops }: FunctionCode, times: readonly number[]) {
  const own = new Map(loops.map((loop, i) => [loop.offset, mixOf((name) => loop.own[name] * times[i]!)]));
  const mix = mixOf((name) => [...own.values()].reduce((sum, each) => sum + each[name], body[name] - inLoops[name]));
  return { mix, loops: own };
}

function partsOf(code: FunctionCode, times: readonly number[] | null): readonly FunctionPart[] {
  const { class: whole } = classify(code);
  if (!isWork(whole)) throw new Error(`${whole} is no class of work`);
  return functionParts(code, whole, times && executed(code, times));
}

const ofClass = (name: string) => expect.objectContaining({ class: name });

test('each loop of a function that was counted is of its own class, and weighs by what it executed', () => {
  const code = decoded(vectorLoop, scalarLoop);
  const cost = (loop: number): number => {
    const free: readonly InstructionClass[] = ['other', 'control'];
    const { own } = code.loops[loop]!;
    return Object.entries(own).reduce((sum, [name, count]) => sum + (free.includes(name as InstructionClass) ? 0 : count), 0);
  };
  const [vector, scalar] = [300 * cost(0), 700 * cost(1)];
  const parts = partsOf(code, [300, 700]);
  expect(parts).toEqual([ofClass('scalar'), ofClass('simd128')]);
  expect(parts[0]!.share).toBeCloseTo(scalar / (vector + scalar), 10);
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(parts[0]!.low).toBeCloseTo(scalar / (scalar + COST_RANGE * vector), 10);
  expect(parts[0]!.high).toBeCloseTo((COST_RANGE * scalar) / (COST_RANGE * scalar + vector), 10);
});

test.each([
  ['its vector loop', [1000, 0], 'simd128'],
  ['its scalar loop', [0, 1000], 'scalar'],
])('a function that runs %s alone is of that class, and nothing is open', (_, times, name) => {
  expect(partsOf(decoded(vectorLoop, scalarLoop), times)).toEqual([{ class: name, share: 1, low: 1, high: 1 }]);
});

test('what stands around a loop is of a class of its own', () => {
  const code = decoded(op.loop(op.load(), op.float(), op.store(), op.loop(op.vectorLoad(), op.vectorFloat(), op.vectorFloat())));
  const parts = partsOf(code, [10, 1000]);
  expect(parts).toEqual([ofClass('simd128'), ofClass('scalar')]);
  expect(parts[1]!.share).toBeLessThan(0.05);
});

test('where nobody counted, any class of the innermost loops may have all of the time', () => {
  expect(partsOf(decoded(vectorLoop, scalarLoop), null).map(({ low, high }) => [low, high])).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(partsOf(decoded(vectorLoop, vectorLoop), null)).toEqual([{ class: 'simd128', share: 1, low: 1, high: 1 }]);
  expect(partsOf(decoded(op.float()), null)).toEqual([{ class: 'scalar', share: 1, low: 1, high: 1 }]);
});

import { getFloat16 } from '@petamoriken/float16';
import type { OutputCheck, OutputDifference } from '../../src/bundle/manifest.js';
import { type TensorValue, tensorView } from '../../src/bundle/tensor.js';

/**
 * Largest relative difference at which two outputs count as equal. Native code and Wasm add in a different order, so the same
 * graph differs by 3e-7 to 1.4e-5 for the models of the registry, most where the output is nearly zero. GPUs differ by about
 * 1e-5. One step of float16 is just below 1e-3. A wrong operator or layout differs by far more.
 */
const TOLERANCE = 1e-3;

/**
 * Compares the outputs of a run with those of the baseline for the same inputs. Floating-point outputs may differ by the
 * tolerance, relative to the output's largest number; NaN equals NaN, and an infinity equals itself. All other outputs must be
 * equal. An output that the baseline does not have is also a problem.
 */
export function compareOutputs(
  run: readonly TensorValue[],
  baseline: readonly TensorValue[],
  tolerance = TOLERANCE,
): OutputCheck {
  const ofRun = new Map(run.map((output) => [output.name, output]));
  const outputs: OutputDifference[] = baseline.map((expected) => difference(ofRun.get(expected.name), expected));
  const known = new Set(baseline.map(({ name }) => name));
  for (const { name, shape } of run) {
    if (!known.has(name)) outputs.push({ name, shape, maxRelativeDifference: null, problem: 'the baseline has no such output' });
  }
  const match = outputs.every((output) => output.problem === null && (output.maxRelativeDifference ?? 0) <= tolerance);
  return { match, tolerance, outputs };
}

function difference(actual: TensorValue | undefined, expected: TensorValue): OutputDifference {
  const { name, shape } = expected;
  const incomparable = (problem: string): OutputDifference => ({ name, shape, maxRelativeDifference: null, problem });
  if (!actual) return incomparable('the run has no such output');
  if (actual.type !== expected.type) return incomparable(`type ${actual.type} instead of ${expected.type}`);
  if (actual.shape.join() !== shape.join()) return incomparable(`shape ${actual.shape.join('x')} instead of ${shape.join('x')}`);
  if (actual.data.length !== expected.data.length) {
    return incomparable(`${actual.data.length} bytes instead of ${expected.data.length}`);
  }
  if (!expected.type.startsWith('float')) {
    const unequal = countUnequal(tensorView(actual.type, actual.data), tensorView(expected.type, expected.data));
    return unequal > 0 ? incomparable(`${unequal} values differ`) : { name, shape, maxRelativeDifference: 0, problem: null };
  }
  const { largestDifference, largest, nonFiniteMismatches } = compareNumbers(numbersOf(actual), numbersOf(expected));
  if (nonFiniteMismatches > 0) return incomparable(`${nonFiniteMismatches} values are NaN or infinite on one side only`);
  if (largest === 0 && largestDifference > 0) return incomparable('all zero in the baseline, not in the run');
  return { name, shape, maxRelativeDifference: largest === 0 ? 0 : largestDifference / largest, problem: null };
}

function countUnequal(actual: ArrayLike<number | bigint>, expected: ArrayLike<number | bigint>): number {
  let count = 0;
  for (let i = 0; i < expected.length; i++) if (actual[i] !== expected[i]) count += 1;
  return count;
}

function compareNumbers(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  let largestDifference = 0;
  let largest = 0;
  let nonFiniteMismatches = 0;
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i]!;
    const b = expected[i]!;
    if (Number.isFinite(b)) largest = Math.max(largest, Math.abs(b));
    if (Number.isFinite(a) && Number.isFinite(b)) largestDifference = Math.max(largestDifference, Math.abs(a - b));
    else if (!Object.is(a, b)) nonFiniteMismatches += 1;
  }
  return { largestDifference, largest, nonFiniteMismatches };
}

function numbersOf({ type, data }: TensorValue): ArrayLike<number> {
  if (type !== 'float16') return tensorView(type, data) as Float32Array | Float64Array;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return Float32Array.from({ length: data.length / 2 }, (_, i) => getFloat16(view, i * 2, true));
}

import { setFloat16 } from '@petamoriken/float16';
import { byteLength, bytesPerElement, elementCount, type TensorSpec, tensorView } from '../src/bundle/tensor.js';
import { random } from '../src/stats/random.js';
import { seedOf } from './seedOf.js';

/** Below every real vocabulary and number of positions, so that a lookup of a token finds its row. */
const TOKENS = 100;

/**
 * Contents for an input, the same bytes for the same seed, name, type and shape on every machine: natively and in the browser a
 * model is fed with the very same numbers. First rule that fits:
 *
 * - what the model says that the input has to hold (a sampling rate, positions of tokens)
 * - a name with "mask": all ones, so that nothing is masked away
 * - a name with "token_type" or "segment": all zeros, one sentence
 * - float16, float32, float64: uniform in [-1, 1), in steps of 1/1024 for float16, where they are exact
 * - uint8, int8: uniform over the whole range of the type, like pixels
 * - bool: 0 or 1
 * - other integers: uniform in [0, 100), like ids of tokens
 *
 * @param content the model's own say, see `InputContents`
 */
export function seededInput(spec: TensorSpec, seed: number, content?: (position: number) => number): Uint8Array {
  const bytes = new Uint8Array(byteLength(spec));
  const next = random(seedOf(seed, spec.name));
  if (content) fill(spec, bytes, content);
  else if (/mask/i.test(spec.name)) fill(spec, bytes, () => 1);
  else if (/token_?type|segment/i.test(spec.name)) fill(spec, bytes, () => 0);
  else fill(spec, bytes, drawing(spec, next));
  return bytes;
}

/** What draws the next value for a tensor of that type. */
function drawing({ type }: TensorSpec, next: () => number): () => number {
  switch (type) {
    case 'float32':
    case 'float64':
      return () => next() * 2 - 1;
    case 'float16':
      return () => Math.floor(next() * 2048) / 1024 - 1;
    case 'uint8':
      return () => Math.floor(next() * 256);
    case 'int8':
      return () => Math.floor(next() * 256) - 128;
    case 'bool':
      return () => Math.floor(next() * 2);
    default:
      return () => Math.floor(next() * TOKENS);
  }
}

function fill({ type, shape }: TensorSpec, bytes: Uint8Array, value: (position: number) => number): void {
  const count = elementCount(shape);
  if (type === 'float16') {
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < count; i++) setFloat16(view, i * bytesPerElement(type), value(i), true);
    return;
  }
  const view = tensorView(type, bytes);
  if (view instanceof BigInt64Array || view instanceof BigUint64Array) for (let i = 0; i < count; i++) view[i] = BigInt(value(i));
  else for (let i = 0; i < count; i++) view[i] = value(i);
}

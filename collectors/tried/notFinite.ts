import type { TensorValue } from '../../src/bundle/tensor.js';
import { tensorView } from '../../src/bundle/tensorView.js';

/** The first output that holds NaN or an infinity; null if there is none. Whole numbers never do. */
export function notFinite(outputs: readonly TensorValue[]): string | null {
  return outputs.find(holdsOther)?.name ?? null;
}

function holdsOther({ type, data }: TensorValue): boolean {
  if (!type.startsWith('float')) return false;
  // Of float16, an exponent of all ones is NaN or an infinity.
  if (type === 'float16') return tensorView('uint16', data).some((bits) => (Number(bits) & 0x7c00) === 0x7c00);
  return !(tensorView(type, data) as Float32Array | Float64Array).every(Number.isFinite);
}

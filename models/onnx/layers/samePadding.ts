/**
 * How TensorFlow's SAME pads an image whose size the stride divides: just enough, and the odd one behind.
 * Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
 */
export function samePadding(kernel: number, stride: number): readonly [before: number, after: number] {
  const total = Math.max(kernel - stride, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

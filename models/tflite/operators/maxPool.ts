import type { Operator } from '../translation.js';
import { type Pair, paddedFor, pairOf, sizeAfter } from './padding.js';

const STRAIGHT: Pair = [1, 1];

export const maxPool: Operator = (translation, node) => {
  const input = translation.tensor(node.inputs[0]!);
  const window = pairOf(node, 'ksize');
  const strides = pairOf(node, 'strides');
  const padded = paddedFor(translation, node, input, { window, strides, dilations: STRAIGHT });
  const shape = [input.shape[0]!, ...sizeAfter(padded, window, strides, STRAIGHT), input.shape[3]!];
  const options = {
    padding: padded.padding,
    strideHeight: strides[0],
    strideWidth: strides[1],
    filterHeight: window[0],
    filterWidth: window[1],
  };
  translation.add('MAX_POOL_2D', [padded.input], { name: node.name, shape }, options);
};

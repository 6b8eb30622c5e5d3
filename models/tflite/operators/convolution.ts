import type { LiteTensor } from '../graph.js';
import type { Operator, Translation } from '../translation.js';
import { activated } from './activated.js';
import { type Pair, paddedFor, pairOf, sizeAfter } from './padding.js';
import { reordered } from './reordered.js';

/**
 * Conv2D and DepthwiseConv2dNative, with bias and activation inside or without. TensorFlow's filters are [height, width, in, out] and
 * LiteRT's [out, height, width, in]; depthwise they are [height, width, in, 1] and [1, height, width, in].
 */
export const convolution =
  (code: 'CONV_2D' | 'DEPTHWISE_CONV_2D'): Operator =>
  (translation, node) => {
    const [inputName, filterName, biasName] = node.inputs as [string, string, string?];
    const filters = translation.tensor(filterName);
    const [height, width, channels, last] = filters.shape as [number, number, number, number];
    const depthwise = code === 'DEPTHWISE_CONV_2D';
    if (depthwise && last !== 1)
      throw new Error('Only depthwise convolutions of one filter per channel have a translation to LiteRT.');
    const window: Pair = [height, width];
    const strides = pairOf(node, 'strides');
    const dilations = pairOf(node, 'dilations');
    const padded = paddedFor(translation, node, translation.tensor(inputName), { window, strides, dilations });
    const outChannels = depthwise ? channels : last;
    const bias = biasName === undefined ? zeros(translation, outChannels) : translation.tensor(biasName);
    const inputs = [padded.input, reordered(translation, filters, [3, 0, 1, 2]), bias];
    const shape = [padded.input.shape[0]!, ...sizeAfter(padded, window, strides, dilations), outChannels];
    const options = {
      padding: padded.padding,
      strideHeight: strides[0],
      strideWidth: strides[1],
      dilationHeight: dilations[0],
      dilationWidth: dilations[1],
      ...(depthwise && { depthMultiplier: 1 }),
    };
    // Dilation came to depthwise convolutions with version 2.
    const version = depthwise && Math.max(...dilations) > 1 ? 2 : 1;
    activated(translation, node, (name) => translation.add(code, inputs, { name, shape }, options, version));
  };

/** LiteRT's converter gives every convolution a bias. */
function zeros(translation: Translation, count: number): LiteTensor {
  return translation.constant(`zeros/${count}`, [count], new Float32Array(count));
}

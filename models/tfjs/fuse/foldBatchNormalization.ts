import type { TfConstant, TfGraph, TfNode } from '../graph.js';
import { NHWC } from '../translation.js';
import { soleConsumer } from './soleConsumer.js';

/**
 * Puts a batch normalization that follows a convolution into the convolution's filters and a BiasAdd, as TF.js's converter does:
 * w' = w · s and b' = offset − mean · s, with s = scale / √(variance + ε) of the channel.
 * Source: https://github.com/tensorflow/tfjs/blob/master/tfjs-converter/python/tensorflowjs/converters/fold_batch_norms.py
 */
export function foldBatchNormalization(graph: TfGraph): void {
  const consumerOf = soleConsumer(graph);
  const replaced = new Map<string, TfNode>();
  for (const convolution of graph.nodes) {
    if (convolution.op !== 'Conv2D' && convolution.op !== 'DepthwiseConv2dNative') continue;
    const normalization = consumerOf(convolution);
    if (normalization?.op !== 'FusedBatchNormV3') continue;
    const [input, filterName] = convolution.inputs as [string, string];
    const filters = graph.constantNamed(filterName);
    const statistics = normalization.inputs.slice(1).map((name) => graph.constantNamed(name));
    if (!filters || statistics.includes(undefined)) continue;
    const [scale, offset, mean, variance] = (statistics as TfConstant[]).map(({ data }) => data);
    const epsilon = (normalization.attributes.epsilon as { f: number }).f;
    const factors = Float64Array.from(scale!, (value, i) => value / Math.sqrt(variance![i]! + epsilon));
    // Filters end in the channel that goes out; depthwise in the channel that goes in and a 1, which is the same place.
    const folded = Float32Array.from(filters.data, (weight, i) => weight * factors[i % factors.length]!);
    const bias = Float32Array.from(offset!, (value, i) => value - mean![i]! * factors[i]!);
    const name = `${convolution.name}/folded`;
    replaced.set(convolution.name, { ...convolution, inputs: [input, graph.constant(name, filters.shape, folded)] });
    replaced.set(normalization.name, {
      name: normalization.name,
      op: 'BiasAdd',
      inputs: [convolution.name, graph.constant(`${normalization.name}/bias`, [bias.length], bias)],
      attributes: { T: { type: 'DT_FLOAT' }, data_format: NHWC },
    });
  }
  graph.nodes = graph.nodes.map((node) => replaced.get(node.name) ?? node);
}

import type { TfConstant, TfGraph, TfNode } from '../graph.js';
import { NHWC } from '../translation.js';
import { soleConsumer } from './soleConsumer.js';

/**
 * Puts a batch normalization that follows a convolution, with a bias or without, into the convolution's filters and a BiasAdd, as TF.js's
 * converter does: w' = w · s and b' = offset + (b − mean) · s, with s = scale / √(variance + ε) of the channel.
 * Source: https://github.com/tensorflow/tfjs/blob/master/tfjs-converter/python/tensorflowjs/converters/fold_batch_norms.py
 */
export function foldBatchNormalization(graph: TfGraph): void {
  const consumerOf = soleConsumer(graph);
  const replaced = new Map<string, TfNode>();
  const gone = new Set<string>();
  for (const convolution of graph.nodes) {
    if (convolution.op !== 'Conv2D' && convolution.op !== 'DepthwiseConv2dNative') continue;
    const next = consumerOf(convolution);
    const biased = next?.op === 'BiasAdd' && next.inputs[0] === convolution.name ? next : undefined;
    const normalization = biased ? consumerOf(biased) : next;
    if (normalization?.op !== 'FusedBatchNormV3') continue;
    const [input, filterName] = convolution.inputs as [string, string];
    const filters = graph.constantNamed(filterName);
    const before = biased && graph.constantNamed(biased.inputs[1]!);
    const statistics = normalization.inputs.slice(1).map((name) => graph.constantNamed(name));
    if (!filters || (biased && !before) || statistics.includes(undefined)) continue;
    const [scale, offset, mean, variance] = (statistics as TfConstant[]).map(({ data }) => data);
    const epsilon = (normalization.attributes.epsilon as { f: number }).f;
    const factors = Float64Array.from(scale!, (value, i) => value / Math.sqrt(variance![i]! + epsilon));
    const bias = Float32Array.from(offset!, (value, i) => value + ((before?.data[i] ?? 0) - mean![i]!) * factors[i]!);
    const name = `${convolution.name}/folded`;
    const folded = graph.constant(name, filters.shape, scaled(filters.data, factors));
    replaced.set(convolution.name, { ...convolution, inputs: [input, folded] });
    replaced.set(normalization.name, {
      name: normalization.name,
      op: 'BiasAdd',
      inputs: [convolution.name, graph.constant(`${normalization.name}/bias`, [bias.length], bias)],
      attributes: { T: { type: 'DT_FLOAT' }, data_format: NHWC },
    });
    if (biased) gone.add(biased.name);
  }
  graph.nodes = graph.nodes.filter(({ name }) => !gone.has(name)).map((node) => replaced.get(node.name) ?? node);
}

/** Filters end in the channel that goes out; depthwise in the channel that goes in and a 1, which is the same place. */
function scaled(filters: TfConstant['data'], factors: Float64Array): Float32Array {
  const result = new Float32Array(filters.length);
  for (let i = 0; i < filters.length; i++) result[i] = filters[i]! * factors[i % factors.length]!;
  return result;
}

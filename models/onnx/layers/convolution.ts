import type { OnnxGraph, Value } from '../graph.js';
import { type ConvolutionOptions, sharedConvolution } from './sharedConvolution.js';

/** A square convolution over NCHW with weights of its own, see `sharedConvolution`. */
export function convolution(graph: OnnxGraph, input: Value, name: string, options: ConvolutionOptions): Value {
  return sharedConvolution(graph, name, options)(input);
}

import type { OnnxGraph, Value } from '../graph.js';
import { batchNormalization } from './batchNormalization.js';
import { convolution } from './convolution.js';
import type { ConvolutionOptions } from './sharedConvolution.js';
import { silu } from './silu.js';

/** Of YOLOv5's batch normalizations: https://github.com/ultralytics/yolov5/blob/v7.0/utils/torch_utils.py, `initialize_weights` */
const EPSILON = 1e-3;

/** YOLOv5's `Conv`: convolution without bias, batch normalization, SiLU. */
export function convolutionSilu(graph: OnnxGraph, input: Value, name: string, options: ConvolutionOptions): Value {
  const convolved = convolution(graph, input, `${name}.conv`, options);
  return silu(graph, batchNormalization(graph, convolved, `${name}.bn`, options.outChannels, EPSILON));
}

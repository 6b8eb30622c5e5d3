import type { OnnxGraph, Value } from '../graph.js';
import { batchNormalization } from './batchNormalization.js';

/** Source: https://github.com/google/automl/blob/master/efficientdet/hparams_config.py; TensorFlow's default. */
const EPSILON = 1e-3;

/** Batch normalization as EfficientNet and EfficientDet have it. */
export function efficientNetNormalization(graph: OnnxGraph, input: Value, name: string, channels: number): Value {
  return batchNormalization(graph, input, name, channels, EPSILON);
}

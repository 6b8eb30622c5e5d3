import type { OnnxGraph, Value } from '../graph.js';
import { efficientNetNormalization } from './efficientNetNormalization.js';
import { perAnchor } from './perAnchor.js';
import { separableConvolution } from './separableConvolution.js';
import { silu } from './silu.js';

export interface DetectionHeadOptions {
  readonly channels: number;
  /** Convolutions before the one that predicts. */
  readonly depth: number;
  readonly anchors: number;
  /** Predicted per anchor. */
  readonly numbers: number;
}

/**
 * EfficientDet's head: the same convolutions over the maps of all levels, which are normalized each by itself. Parameters are named as in the
 * `Regressor` and `Classifier` of Yet-Another-EfficientDet-Pytorch.
 *
 * @returns a table with a row per anchor of every level, see `perAnchor`
 */
export function detectionHead(graph: OnnxGraph, levels: readonly Value[], name: string, options: DetectionHeadOptions): Value {
  const { channels, depth, anchors, numbers } = options;
  const layers = Array.from({ length: depth }, (_, i) =>
    separableConvolution(graph, `${name}.conv_list.${i}`, { inChannels: channels, outChannels: channels }),
  );
  const predict = separableConvolution(graph, `${name}.header`, { inChannels: channels, outChannels: anchors * numbers });
  const tables = levels.map((level, at) => {
    const last = layers.reduce(
      (value, layer, i) => silu(graph, efficientNetNormalization(graph, layer(value), `${name}.bn_list.${at}.${i}`, channels)),
      level,
    );
    return perAnchor(graph, predict(last), numbers);
  });
  return graph.node('Concat', tables, { axis: 1 });
}

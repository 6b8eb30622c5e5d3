import { encodeModel } from '../../../models/onnx/encodeModel.js';
import { OnnxGraph } from '../../../models/onnx/graph.js';

/** A detector of one white square: the box around what is white in the picture, as one row of six columns, in pixels of its input. */
export function squareFinder(width: number, height: number): Uint8Array {
  const graph = new OnnxGraph('square_finder', 1, 17);
  const number = (name: string, value: number) => graph.constant(name, [1], Float32Array.of(value));
  const count = (name: string, size: number, of: (i: number) => number) =>
    graph.constant(
      name,
      [1, 1, size],
      Float32Array.from({ length: size }, (_, i) => of(i)),
    );
  const x = graph.input('x', 'float32', [1, 3, height, width]);
  const least = graph.node('ReduceMin', [x], { axes: [1], keepdims: 1 });
  const white = graph.node('Cast', [graph.node('Greater', [least, number('half', 0.5)])], { to: 1 });
  const most = (value: string) => graph.node('ReduceMax', [value], { axes: [2], keepdims: 1 });
  /** Where what is white begins and ends along a side. */
  const ends = (name: string, axis: 2 | 3, size: number) => {
    const along = graph.node('ReduceMax', [white], { axes: [axis === 2 ? 3 : 2], keepdims: 0 });
    const fromEnd = most(graph.node('Mul', [along, count(`${name}.left`, size, (i) => size - i)]));
    const end = most(graph.node('Mul', [along, count(`${name}.right`, size, (i) => i + 1)]));
    return [graph.node('Sub', [number(`${name}.size`, size), fromEnd]), end] as const;
  };
  const [left, right] = ends('x', 3, width);
  const [top, bottom] = ends('y', 2, height);
  const all = graph.node('ReduceMax', [graph.node('ReduceMax', [white], { axes: [3], keepdims: 0 })], { axes: [2], keepdims: 1 });
  const score = graph.node('Mul', [all, number('sure', 0.9)]);
  const zero = graph.node('Mul', [all, number('zero', 0)]);
  graph.output(graph.node('Concat', [left, top, right, bottom, score, zero], { axis: 2 }), 'detections', 'float32', [1, 1, 6]);
  return encodeModel(graph);
}

/** A classifier of what colour the picture has most of: red, green or blue. */
export function colourClassifier(width: number, height: number): Uint8Array {
  const graph = new OnnxGraph('colour_classifier', 1, 17);
  const x = graph.input('x', 'float32', [1, 3, height, width]);
  const means = graph.node('ReduceMean', [x], { axes: [2, 3], keepdims: 0 });
  graph.output(means, 'logits', 'float32', [1, 3]);
  return encodeModel(graph);
}

import { numbersOf, type Operator } from '../translation.js';

/**
 * Resize of images by whole factors, each pixel repeated: ResizeNearestNeighbor. https://onnx.ai/onnx/operators/onnx__Resize.html
 */
export const resize: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const { mode = 'nearest', coordinate_transformation_mode: coordinates, nearest_mode: rounding } = node.attributes;
  if (mode !== 'nearest' || coordinates !== 'asymmetric' || rounding !== 'floor') {
    throw new Error('Only Resize to the nearest pixel, asymmetric and rounded down, has a translation to TF.js.');
  }
  const [batch, channels, vertical, horizontal] = numbersOf(translation.constant(node.inputs[2]));
  if (batch !== 1 || channels !== 1 || !Number.isInteger(vertical) || !Number.isInteger(horizontal)) {
    throw new Error('Only Resize of height and width by whole factors has a translation to TF.js.');
  }
  const [height, width] = input.shape.slice(2);
  if (typeof height !== 'number' || typeof width !== 'number') {
    throw new Error('Resize of an image of unknown size has no translation to TF.js.');
  }
  const size = [height * vertical!, width * horizontal!];
  const name = node.outputs[0]!;
  translation.graph.node(
    name,
    'ResizeNearestNeighbor',
    [translation.channelsLast(input), translation.ints(`${name}/size`, size)],
    { align_corners: { b: false }, half_pixel_centers: { b: false } },
  );
  return { node: name, shape: [...input.shape.slice(0, 2), ...size], channelsLast: true };
};

import type { LiteTensor } from '../graph.js';
import { isSet, type Operator } from '../translation.js';

export const resize: Operator = (translation, node) => {
  const [input, size] = node.inputs.map((name) => translation.tensor(name)) as [LiteTensor, LiteTensor];
  const wanted = translation.numbers(node.inputs[1]!);
  if (!wanted) throw new Error('ResizeNearestNeighbor to a computed size has no translation to LiteRT.');
  const shape = [input.shape[0]!, ...wanted, input.shape[3]!];
  const halfPixel = isSet(node, 'half_pixel_centers');
  const options = { alignCorners: isSet(node, 'align_corners') ? 1 : 0, halfPixelCenters: halfPixel ? 1 : 0 };
  translation.add('RESIZE_NEAREST_NEIGHBOR', [input, size], { name: node.name, shape }, options, halfPixel ? 3 : 1);
};

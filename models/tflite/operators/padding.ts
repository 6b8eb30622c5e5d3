import type { TfNode } from '../../tfjs/graph.js';
import type { LiteTensor } from '../graph.js';
import { PADDING } from '../schema.js';
import { intsOf, type Translation, textOf } from '../translation.js';

/** How an image is padded for a window: by the operator itself, or before it. */
export interface Padded {
  readonly input: LiteTensor;
  /** Of LiteRT's `Padding`. */
  readonly padding: number;
}

/**
 * LiteRT's layers know SAME and VALID. Explicit zeros that SAME would put in the same places become that; others a PAD before the layer,
 * as converters write it.
 */
export function paddedFor(
  translation: Translation,
  node: TfNode,
  input: LiteTensor,
  { window, strides, dilations }: { readonly window: Pair; readonly strides: Pair; readonly dilations: Pair },
): Padded {
  const padding = textOf(node, 'padding');
  if (padding !== 'EXPLICIT') return { input, padding: padding === 'SAME' ? PADDING.same : PADDING.valid };
  const pads = intsOf(node, 'explicit_paddings');
  const isSame = [0, 1].every((axis) => {
    const size = input.shape[axis + 1]!;
    const reach = dilations[axis]! * (window[axis]! - 1) + 1;
    const total = Math.max((Math.ceil(size / strides[axis]!) - 1) * strides[axis]! + reach - size, 0);
    const before = pads[2 * axis + 2]!;
    return before === Math.floor(total / 2) && pads[2 * axis + 3]! === total - before;
  });
  if (isSame) return { input, padding: PADDING.same };
  const shape = input.shape.map((size, axis) => size + pads[2 * axis]! + pads[2 * axis + 1]!);
  const paddings = translation.constant(`${node.name}/paddings`, [4, 2], Int32Array.from(pads));
  return { input: translation.add('PAD', [input, paddings], { name: `${node.name}/padded`, shape }), padding: PADDING.valid };
}

export type Pair = readonly [vertical: number, horizontal: number];

/** Height and width of an attribute in TensorFlow's order, [1, height, width, 1]; of ones where there is none. */
export function pairOf(node: TfNode, name: string): Pair {
  const [, vertical = 1, horizontal = 1] = intsOf(node, name);
  return [vertical, horizontal];
}

/** The size of what a layer makes of images of a size, once they are padded. */
export function sizeAfter({ input, padding }: Padded, window: Pair, strides: Pair, dilations: Pair): readonly [number, number] {
  const along = (axis: 0 | 1): number => {
    const size = input.shape[axis + 1]!;
    if (padding === PADDING.same) return Math.ceil(size / strides[axis]);
    return Math.floor((size - dilations[axis] * (window[axis] - 1) - 1) / strides[axis]) + 1;
  };
  return [along(0), along(1)];
}

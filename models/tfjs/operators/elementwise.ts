import { broadcast } from '../broadcast.js';
import type { Operator, Translated } from '../translation.js';

/**
 * An operator on two tensors, number by number: Add (AddV2), Sub, Mul, Div (RealDiv). Two images meet in NHWC; operands of another shape
 * or layout in ONNX's order, for which the rules of broadcasting were meant.
 */
export const elementwise =
  (operator: 'AddV2' | 'Sub' | 'Mul' | 'RealDiv'): Operator =>
  (translation, node) => {
    const [a, b] = node.inputs.map((name) => translation.value(name)) as [Translated, Translated];
    const name = node.outputs[0]!;
    if ((a.channelsLast || isSingle(a)) && (b.channelsLast || isSingle(b))) {
      translation.graph.node(name, operator, [a.node, b.node]);
      return { node: name, shape: broadcast(a.shape, b.shape), channelsLast: a.channelsLast || b.channelsLast };
    }
    translation.graph.node(name, operator, [translation.channelsFirst(a), translation.channelsFirst(b)]);
    return { node: name, shape: broadcast(a.shape, b.shape), channelsLast: false };
  };

/** One number meets whatever it is given in any layout. */
const isSingle = ({ shape }: Translated): boolean => shape.length <= 4 && shape.every((size) => size === 1);

import { broadcast } from '../broadcast.js';
import type { Operator, Translated } from '../translation.js';

/**
 * An operator on two tensors, number by number: Add (AddV2), Sub, Mul, Div (RealDiv). Operands of another shape or layout meet in ONNX's
 * order, for which the rules of broadcasting were meant.
 */
export const elementwise =
  (operator: 'AddV2' | 'Sub' | 'Mul' | 'RealDiv'): Operator =>
  (translation, node) => {
    const [a, b] = node.inputs.map((name) => translation.value(name)) as [Translated, Translated];
    const name = node.outputs[0]!;
    if (a.channelsLast && b.channelsLast && a.shape.join() === b.shape.join()) {
      return { ...a, node: translation.graph.node(name, operator, [a.node, b.node]) };
    }
    translation.graph.node(name, operator, [translation.channelsFirst(a), translation.channelsFirst(b)]);
    return { node: name, shape: broadcast(a.shape, b.shape), channelsLast: false };
  };

import type { Operator } from '../translation.js';

/**
 * An operator on two tensors, number by number: Add (AddV2), Mul, Div (RealDiv). Two images meet in NHWC; operands of another shape or layout in ONNX's
 * order, for which the rules of broadcasting were meant.
 */
export const elementwise =
  (operator: 'AddV2' | 'Mul' | 'RealDiv'): Operator =>
  (translation, node) => {
    const [a, b] = node.inputs.map((name) => translation.value(name)) as [Operand, Operand];
    const name = node.outputs[0]!;
    if ((a.channelsLast || isSingle(a)) && (b.channelsLast || isSingle(b))) {
      translation.graph.node(name, operator, [a.node, b.node]);
      return { node: name, shape: broadcast(a.shape, b.shape), channelsLast: a.channelsLast || b.channelsLast };
    }
    translation.graph.node(name, operator, [translation.channelsFirst(a), translation.channelsFirst(b)]);
    return { node: name, shape: broadcast(a.shape, b.shape), channelsLast: false };
  };

/** One number meets whatever it is given in any layout. */
const isSingle = ({ shape }: Operand): boolean => shape.length <= 4 && shape.every((size) => size === 1);

type Operand = ReturnType<Parameters<Operator>[0]['value']>;

/** https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md */
function broadcast(a: Operand['shape'], b: Operand['shape']): Operand['shape'] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a[i - rank + a.length] ?? 1;
    return left === 1 ? (b[i - rank + b.length] ?? 1) : left;
  });
}

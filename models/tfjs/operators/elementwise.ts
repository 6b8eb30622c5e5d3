import type { Operator } from '../translation.js';

/**
 * An operator on two tensors, number by number: Add (AddV2), Mul. Operands of another shape or layout meet in ONNX's order, for which
 * the rules of broadcasting were meant.
 */
export const elementwise =
  (operator: 'AddV2' | 'Mul'): Operator =>
  (translation, node) => {
    const [a, b] = node.inputs.map((name) => translation.value(name)) as [Operand, Operand];
    const name = node.outputs[0]!;
    if (a.channelsLast && b.channelsLast && a.shape.join() === b.shape.join()) {
      return { ...a, node: translation.graph.node(name, operator, [a.node, b.node]) };
    }
    translation.graph.node(name, operator, [translation.channelsFirst(a), translation.channelsFirst(b)]);
    return { node: name, shape: broadcast(a.shape, b.shape), channelsLast: false };
  };

type Operand = ReturnType<Parameters<Operator>[0]['value']>;

/** https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md */
function broadcast(a: Operand['shape'], b: Operand['shape']): Operand['shape'] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a[i - rank + a.length] ?? 1;
    return left === 1 ? (b[i - rank + b.length] ?? 1) : left;
  });
}

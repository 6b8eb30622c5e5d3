import { numbersOf, type Operator } from '../translation.js';

/** Clip: Relu6 from 0 to 6, Relu from 0 on, ClipByValue for other limits. https://onnx.ai/onnx/operators/onnx__Clip.html */
export const clip: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const limit = (name: string | undefined, otherwise: number): number =>
    name ? numbersOf(translation.constant(name))[0]! : otherwise;
  const low = limit(node.inputs[1], Number.NEGATIVE_INFINITY);
  const high = limit(node.inputs[2], Number.POSITIVE_INFINITY);
  const name = node.outputs[0]!;
  if (low === 0 && high === 6) translation.graph.node(name, 'Relu6', [input.node]);
  else if (low === 0 && high === Number.POSITIVE_INFINITY) translation.graph.node(name, 'Relu', [input.node]);
  else {
    const scalar = (side: string, value: number) => translation.graph.constant(`${name}/${side}`, [], Float32Array.of(value));
    translation.graph.node(name, 'ClipByValue', [input.node, scalar('low', low), scalar('high', high)]);
  }
  return { ...input, node: name };
};

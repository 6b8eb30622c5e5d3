import { fromStart, isSet, type Operator } from '../translation.js';

/** Mean and Sum over constant axes. */
export const reduce =
  (code: 'MEAN' | 'SUM'): Operator =>
  (translation, node) => {
    const input = translation.tensor(node.inputs[0]!);
    const given = translation.numbers(node.inputs[1]!);
    if (!given) throw new Error(`${node.op} over computed axes has no translation to LiteRT.`);
    const axes = fromStart(given, input.shape.length);
    const keeps = isSet(node, 'keep_dims');
    const shape = input.shape.flatMap((size, axis) => (axes.includes(axis) ? (keeps ? [1] : []) : [size]));
    const axesTensor = translation.ints(`axes/${axes.join('-')}`, axes);
    translation.add(code, [input, axesTensor], { name: node.name, shape }, { keepDimensions: keeps ? 1 : 0 });
  };

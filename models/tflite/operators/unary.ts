import type { LiteOptions } from '../graph.js';
import type { OperatorCode } from '../schema.js';
import type { Operator } from '../translation.js';

/** An operator on one tensor that leaves its shape. */
export const unary =
  (code: OperatorCode, options: LiteOptions = {}): Operator =>
  (translation, node) => {
    const input = translation.tensor(node.inputs[0]!);
    translation.add(code, [input], { name: node.name, shape: input.shape }, options);
  };

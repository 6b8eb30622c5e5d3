import type { Operator } from '../translation.js';

/** Identity: the same value under another name, which costs no node. */
export const identity: Operator = (translation, node) => translation.value(node.inputs[0]!);

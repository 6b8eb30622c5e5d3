import type { OperatorNode } from '../../src/bundle/operatorLog.js';

const HOST = new Set(['', 'CPU', 'Wasm']);

/** Whether an operator runs on the thread that calls it, so that its time there is that of the computation, and not on a device. */
export const runsOnHost = ({ provider }: Pick<OperatorNode, 'provider'>): boolean => HOST.has(provider);

/** Type of an operator, the same whether or not ONNX Runtime fused an activation into it: "FusedConv" is a "Conv". */
export const operatorType = ({ operator }: { readonly operator: string }): string => operator.replace(/^Fused(?=[A-Z])/, '');

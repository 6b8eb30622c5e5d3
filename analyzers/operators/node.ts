import type { OperatorNode } from '../../src/bundle/operatorLog.js';

const HOST = new Set(['', 'CPU', 'Wasm']);

/**
 * Whether an operator runs on the thread that calls it, not on a device. Then its time on the thread is that of the computation.
 */
export const runsOnHost = ({ provider }: Pick<OperatorNode, 'provider'>): boolean => HOST.has(provider);

/** Type of an operator without an activation that ONNX Runtime fused into it: "FusedConv" becomes "Conv". */
export const operatorType = ({ operator }: { readonly operator: string }): string => operator.replace(/^Fused(?=[A-Z])/, '');

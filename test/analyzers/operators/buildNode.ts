import type { OperatorNode } from '../../../src/bundle/operatorLog.js';

/** A convolution of 1×1 on 24 channels that takes 2 ms in each of three predictions. */
export function buildNode(overrides: Partial<OperatorNode> = {}): OperatorNode {
  return {
    name: 'conv',
    operator: 'Conv',
    provider: 'CPU',
    inputs: [
      [1, 24, 8, 8],
      [144, 24, 1, 1],
    ],
    outputs: [[1, 144, 8, 8]],
    inputTypes: ['float', 'float'],
    outputTypes: ['float'],
    hostMs: [2, 2, 2],
    deviceMs: null,
    stretches: null,
    ...overrides,
  };
}

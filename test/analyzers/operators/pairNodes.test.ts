import { describe, expect, test } from 'vitest';
import { pairNodes } from '../../../analyzers/operators/pairNodes.js';
import type { OperatorNode } from '../../../src/bundle/operatorLog.js';
import { buildNode } from './buildNode.js';

const pairs = (browser: readonly OperatorNode[], native: readonly OperatorNode[]) =>
  pairNodes(browser, native).map((pair) => [pair.browser.name, pair.native?.name ?? null, pair.by]);

describe('operators of the browser and the native ones that do the same', () => {
  test('are paired by name, where they are of one type', () => {
    const [conv, add] = [buildNode(), buildNode({ name: 'x', operator: 'Add' })];
    expect(pairs([conv, add], [buildNode({ name: 'x' }), conv])).toEqual([
      ['conv', 'conv', 'name'],
      ['x', null, null],
    ]);
  });

  test('else by type and shapes in order, with channels filled up to a block and activations fused in', () => {
    const fused = (name: string) => buildNode({ name, operator: 'FusedConv' });
    const filled = (name: string) =>
      buildNode({
        name,
        inputs: [
          [1, 32, 8, 8],
          [144, 32, 1, 1],
        ],
      });
    expect(pairs([fused('a'), fused('b')], [filled('p'), filled('q')])).toEqual([
      ['a', 'p', 'shape'],
      ['b', 'q', 'shape'],
    ]);
  });

  test('are not paired where both sides have another number of them, nor with a depthwise convolution', () => {
    const depthwise = buildNode({
      name: 'q',
      inputs: [
        [1, 24, 8, 8],
        [144, 1, 1, 1],
      ],
    });
    expect(pairs([buildNode()], [buildNode({ name: 'p' }), buildNode({ name: 'q' })])).toEqual([['conv', null, null]]);
    expect(pairs([buildNode()], [depthwise])).toEqual([['conv', null, null]]);
  });
});

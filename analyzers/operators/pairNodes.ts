import type { OperatorNode } from '../../src/bundle/operatorLog.js';
import { operatorType } from './node.js';

export interface Pair {
  readonly browser: OperatorNode;
  readonly native: OperatorNode | null;
  readonly by: 'name' | 'shape' | null;
}

/** Native ORT lays out a convolution in blocks of 8 or 16 channels, and pads the last block. */
const BLOCK = 16;

/**
 * Pairs each browser operator with the native operator that does the same. Both runtimes optimize the graph in their own way.
 * Operators that keep their name are paired by it. The others are paired by type and shapes, in the order in which they run, if
 * both sides have equally many. Operators of the same shapes do the same work, so a wrong order among them changes little.
 */
export function pairNodes(browser: readonly OperatorNode[], native: readonly OperatorNode[]): Pair[] {
  const byName = new Map(native.map((node) => [node.name, node]));
  const sameName = (node: OperatorNode): OperatorNode | null => {
    const found = byName.get(node.name);
    return found && operatorType(found) === operatorType(node) ? found : null;
  };
  const named = new Map(browser.map((node) => [node, sameName(node)]));
  const taken = new Set(named.values());
  const here = byKind(browser.filter((node) => !named.get(node)));
  const there = byKind(native.filter((node) => !taken.has(node)));
  return browser.map((node) => {
    const twin = named.get(node);
    if (twin) return { browser: node, native: twin, by: 'name' };
    const kind = kindOf(node);
    const [alike, natives] = [here.get(kind)!, there.get(kind) ?? []];
    if (alike.length !== natives.length) return { browser: node, native: null, by: null };
    return { browser: node, native: natives[alike.indexOf(node)]!, by: 'shape' };
  });
}

function byKind(nodes: readonly OperatorNode[]): Map<string, OperatorNode[]> {
  const kinds = new Map<string, OperatorNode[]>();
  for (const node of nodes) {
    const kind = kindOf(node);
    const alike = kinds.get(kind);
    if (alike) alike.push(node);
    else kinds.set(kind, [node]);
  }
  return kinds;
}

/** A third input is a bias, or comes from fusing: neither changes the work much. */
function kindOf(node: OperatorNode): string {
  const operator = operatorType(node);
  const { inputs, outputs } = node;
  // The second matrix may be missing, and follows from the others.
  if (operator === 'Gemm' || operator === 'MatMul') return JSON.stringify(['product', inputs[0], outputs[0]]);
  if (operator !== 'Conv') return JSON.stringify([operator, inputs.slice(0, 2), outputs.slice(0, 1)]);
  const [data = [], weights = []] = inputs;
  const [result = []] = outputs;
  return JSON.stringify([operator, channelsAt([1], data), channelsAt([0, 1], weights), channelsAt([1], result)]);
}

/** A single channel belongs to a depthwise convolution, and stays unpadded. */
function channelsAt(places: readonly number[], shape: readonly number[]): number[] {
  return shape.map((size, i) => (places.includes(i) && size > 1 ? Math.ceil(size / BLOCK) * BLOCK : size));
}

import type { OperatorNode } from '../../src/bundle/operatorLog.js';
import { operatorType } from './node.js';

export interface Pair {
  readonly browser: OperatorNode;
  readonly native: OperatorNode | null;
  readonly by: 'name' | 'shape' | null;
}

/** Natively ORT lays out a convolution in blocks of 8 or 16 channels, and fills the last one up. */
const BLOCK = 16;

/**
 * Which native operator does what an operator of the browser does. Both runtimes optimize the graph their own way: what stays as it is keeps its
 * name, and is paired by that; of the rest those of the same type and the same shapes are paired in the order in which they run, where both sides
 * have as many of them. Two of the same shapes do the same amount of work, so that a wrong order among them changes little.
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

/** A third input is a bias, or what fusing added: both do not change the work much. */
function kindOf(node: OperatorNode): string {
  const operator = operatorType(node);
  const { inputs, outputs } = node;
  // The second matrix is not always told, and follows from the others.
  if (operator === 'Gemm' || operator === 'MatMul') return JSON.stringify(['product', inputs[0], outputs[0]]);
  if (operator !== 'Conv') return JSON.stringify([operator, inputs.slice(0, 2), outputs.slice(0, 1)]);
  const [data = [], weights = []] = inputs;
  const [result = []] = outputs;
  return JSON.stringify([operator, channelsAt([1], data), channelsAt([0, 1], weights), channelsAt([1], result)]);
}

/** A single channel is one of a depthwise convolution, and stays. */
function channelsAt(places: readonly number[], shape: readonly number[]): number[] {
  return shape.map((size, i) => (places.includes(i) && size > 1 ? Math.ceil(size / BLOCK) * BLOCK : size));
}

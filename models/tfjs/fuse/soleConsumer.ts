import type { TfGraph, TfNode } from '../graph.js';

/** Finds the node that alone uses the given one; undefined if there are several, or the model hands it out. */
export function soleConsumer(graph: TfGraph): (node: TfNode) => TfNode | undefined {
  const consumers = new Map<string, TfNode[]>();
  for (const node of graph.nodes) {
    for (const input of new Set(node.inputs)) consumers.set(input, [...(consumers.get(input) ?? []), node]);
  }
  const handedOut = new Set(graph.outputs.map(({ node }) => node));
  return ({ name }) => {
    const users = consumers.get(name) ?? [];
    return users.length === 1 && !handedOut.has(name) ? users[0] : undefined;
  };
}

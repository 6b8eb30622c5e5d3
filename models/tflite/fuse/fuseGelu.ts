import { soleConsumer } from '../../tfjs/fuse/soleConsumer.js';
import { TfGraph, type TfNode } from '../../tfjs/graph.js';

/**
 * Makes one node, `Gelu`, of x · (1 + erf(x / √2)) / 2, as LiteRT's converter does. LiteRT has no operator for erf alone.
 * Source: https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/transforms/optimize_patterns.td, `MatchGelu`
 */
export function fuseGelu(graph: TfGraph): TfGraph {
  const consumerOf = soleConsumer(graph);
  const named = new Map(graph.nodes.map((node) => [node.name, node]));
  const is = (name: string, wanted: number): boolean => {
    const constant = graph.constantNamed(name);
    return constant?.data.length === 1 && Math.abs(constant.data[0]! - wanted) < 1e-6;
  };
  /** The other operand of a node that has `mine` and, at most, one more. */
  const other = ({ inputs }: TfNode, mine: string): string => (inputs[0] === mine ? inputs[1]! : inputs[0]!);
  const fused = new Map<string, TfNode>();
  const gone = new Set<string>();
  for (const error of graph.nodes) {
    const scaled = named.get(error.inputs[0]!);
    if (error.op !== 'Erf' || scaled?.op !== 'RealDiv' || !is(scaled.inputs[1]!, Math.SQRT2)) continue;
    const x = scaled.inputs[0]!;
    const moved = consumerOf(error);
    const weighed = moved && consumerOf(moved);
    const halved = weighed && consumerOf(weighed);
    if (moved?.op !== 'AddV2' || !is(other(moved, error.name), 1)) continue;
    if (weighed?.op !== 'Mul' || other(weighed, moved.name) !== x) continue;
    if (halved?.op !== 'Mul' || !is(other(halved, weighed.name), 0.5) || consumerOf(scaled) !== error) continue;
    fused.set(halved.name, { name: halved.name, op: 'Gelu', inputs: [x], attributes: {} });
    for (const { name } of [scaled, error, moved, weighed]) gone.add(name);
  }
  const nodes = graph.nodes.filter(({ name }) => !gone.has(name)).map((node) => fused.get(node.name) ?? node);
  return withNodes(graph, nodes);
}

function withNodes(graph: TfGraph, nodes: TfNode[]): TfGraph {
  const result = new TfGraph();
  result.inputs.push(...graph.inputs);
  result.outputs.push(...graph.outputs);
  result.nodes = nodes;
  for (const { name, shape, data } of graph.usedConstants()) result.constant(name, shape, data);
  return result;
}

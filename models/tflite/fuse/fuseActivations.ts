import type { LiteGraph, LiteOperator, LiteTensor } from '../graph.js';
import { ACTIVATIONS, OPTIONS, type OperatorCode } from '../schema.js';

const FUSED: Readonly<Partial<Record<OperatorCode, number>>> = { RELU: ACTIVATIONS.relu, RELU6: ACTIVATIONS.relu6 };

/** Puts an activation into the operator before it, where nothing else uses what that computes: the kernels touch every result once. */
export function fuseActivations(graph: LiteGraph): LiteGraph {
  const users = new Map<LiteTensor, number>();
  const used = [...graph.operators.flatMap(({ inputs }) => inputs), ...graph.outputs.map(({ tensor }) => tensor)];
  for (const tensor of used) users.set(tensor, (users.get(tensor) ?? 0) + 1);
  const madeBy = new Map(graph.operators.map((operator) => [operator.output, operator]));
  const fused = new Map<LiteOperator, LiteOperator>();
  const gone = new Set<LiteOperator>();
  for (const activation of graph.operators) {
    const kind = FUSED[activation.code];
    const layer = madeBy.get(activation.inputs[0]!);
    if (kind === undefined || !layer || users.get(layer.output) !== 1) continue;
    const takesOne = OPTIONS[layer.code]?.fields.some(({ name }) => name === 'activation') ?? false;
    if (!takesOne || layer.options.activation) continue;
    fused.set(activation, { ...layer, output: activation.output, options: { ...layer.options, activation: kind } });
    gone.add(layer);
  }
  return {
    ...graph,
    operators: graph.operators.filter((operator) => !gone.has(operator)).map((operator) => fused.get(operator) ?? operator),
  };
}

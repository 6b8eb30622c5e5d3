import type { OnnxGraph, Value } from '../graph.js';

/** √(6 / 2) is the bound of a uniform distribution whose standard deviation is 1, with which PyTorch's embeddings start. */
const FAN_IN = 2;

/** A table with a row of `width` numbers per id, and the rows of these ids; the table is `<name>.weight`. */
export function embedding(graph: OnnxGraph, ids: Value, name: string, rows: number, width: number): Value {
  return graph.node('Gather', [graph.weight(`${name}.weight`, [rows, width], FAN_IN), ids], { axis: 0 });
}

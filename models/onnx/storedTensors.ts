import type { GraphProto, ModelProto, NodeProto, TensorProto } from 'onnx-buf';

/** A tensor that an ONNX file stores, under the name that nodes know it by. */
export interface StoredTensor {
  readonly name: string;
  readonly tensor: TensorProto;
}

/** Every tensor stored in a model: initializers and Constant nodes, also those of nested graphs and of functions. */
export function* storedTensors(model: ModelProto): Generator<StoredTensor> {
  if (model.graph) yield* ofGraph(model.graph);
  for (const definition of model.functions) yield* ofNodes(definition.node);
}

function* ofGraph(graph: GraphProto): Generator<StoredTensor> {
  for (const tensor of graph.initializer) yield { name: tensor.name, tensor };
  for (const { values } of graph.sparseInitializer) if (values) yield { name: values.name, tensor: values };
  yield* ofNodes(graph.node);
}

function* ofNodes(nodes: readonly NodeProto[]): Generator<StoredTensor> {
  for (const node of nodes) {
    for (const attribute of node.attribute) {
      if (attribute.t) yield { name: node.output[0] ?? '', tensor: attribute.t };
      if (attribute.g) yield* ofGraph(attribute.g);
      for (const graph of attribute.graphs) yield* ofGraph(graph);
    }
  }
}

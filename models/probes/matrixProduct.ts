import { generatedModel } from '../generatedModel.js';
import { OnnxGraph } from '../onnx/graph.js';

/** Large enough that arithmetic decides, small enough to stay in the second-level cache, panel by panel. */
const SIZE = 512;

/** Floating-point operations of one run: a multiplication and an addition per element and term. */
export const MATRIX_PRODUCT_OPERATIONS = 2 * SIZE ** 3;

/** One square matrix product: what a library reaches when nothing but arithmetic counts. A probe, not a model of the registry. */
export const matrixProduct = generatedModel({
  name: 'probe-matrix-product',
  title: `Matrix product ${SIZE}×${SIZE}`,
  task: 'probe',
  licence: 'Apache-2.0',
  origin: 'Generated; weights are seeded',
  parameters: SIZE * SIZE,
  defaultShapes: { x: [SIZE, SIZE] },
  formats: ['onnx'],
  generator: 1,
  build() {
    const graph = new OnnxGraph('matrix_product', 1, 17);
    const x = graph.input('x', 'float32', [SIZE, SIZE]);
    const weight = graph.weight('weight', [SIZE, SIZE], SIZE);
    graph.output(graph.node('MatMul', [x, weight]), 'y', 'float32', [SIZE, SIZE]);
    return graph;
  },
});

import { generatedModel } from './generatedModel.js';
import { OnnxGraph } from './onnx/graph.js';
import { relu6 } from './onnx/layers/relu6.js';

const LAYERS = 150;
/** TF.js computes tensors of less than 1000 numbers on the CPU, whatever the backend: WEBGPU_CPU_HANDOFF_SIZE_THRESHOLD. */
const WIDTH = 1024;

/**
 * A chain of 450 operators on 1024 numbers each. It computes next to nothing, so what a prediction takes is what it costs to get an
 * operator to the device and to start it there: on a GPU, the price of the browser's abstraction over it.
 */
export const tinyOperators = generatedModel({
  name: 'tiny-operators',
  title: 'Chain of 450 tiny operators',
  task: 'cost per operator',
  licence: 'Apache-2.0',
  origin: 'Generated: Add, Mul and Clip in turn; weights are seeded, not trained',
  parameters: 2 * LAYERS * WIDTH,
  defaultShapes: { x: [1, WIDTH] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build,
});

/** Adding before multiplying keeps the chain alive where a Clip made zeros. */
function build(): OnnxGraph {
  const graph = new OnnxGraph('tiny_operators', 1, 17);
  let value = graph.input('x', 'float32', [1, WIDTH]);
  for (let layer = 0; layer < LAYERS; layer++) {
    value = graph.node('Add', [value, graph.weight(`layers.${layer}.bias`, [WIDTH], 1)]);
    value = graph.node('Mul', [value, graph.weight(`layers.${layer}.scale`, [WIDTH], 1)]);
    value = relu6(graph, value);
  }
  graph.output(value, 'y', 'float32', [1, WIDTH]);
  return graph;
}

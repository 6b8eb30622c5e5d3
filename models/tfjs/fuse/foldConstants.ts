import type { TfAttributes, TfConstant, TfGraph } from '../graph.js';

type Numbers = Pick<TfConstant, 'shape' | 'data'>;
type Compute = (inputs: readonly [Numbers, Numbers, Numbers], attributes: TfAttributes) => Numbers;

/** What operators compute of vectors and single numbers; those that networks apply to their weights. */
const COMPUTED: Readonly<Record<string, Compute>> = {
  Relu: ([{ shape, data }]) => ({ shape, data: Float32Array.from(data, (value) => Math.max(value, 0)) }),
  Sum: ([{ shape, data }], { keep_dims }) => ({
    shape: keep_dims && 'b' in keep_dims && keep_dims.b ? shape.map(() => 1) : [],
    data: Float32Array.of([...data].reduce((sum, value) => sum + value, 0)),
  }),
  AddV2: ([a, b]) => eachWithOne(a, b, (x, y) => x + y),
  RealDiv: ([a, b]) => eachWithOne(a, b, (x, y) => x / y),
  Slice: ([{ data }, begin, size]) => {
    const length = size.data[0]!;
    return { shape: [length], data: data.slice(begin.data[0], begin.data[0]! + length) };
  },
};

/**
 * Computes beforehand what a network computes of constant vectors alone, such as the weights of a normalized sum, as TF.js's converter and
 * ONNX Runtime do.
 */
export function foldConstants(graph: TfGraph): void {
  const handedOut = new Set(graph.outputs.map(({ node }) => node));
  graph.nodes = graph.nodes.filter(({ name, op, inputs, attributes }) => {
    const constants = inputs.map((input) => graph.constantNamed(input)).filter((constant) => constant !== undefined);
    const compute = COMPUTED[op];
    const isKnown = constants.length === inputs.length && constants.every(({ shape }) => shape.length <= 1);
    if (!compute || !isKnown || handedOut.has(name)) return true;
    const { shape, data } = compute(constants as unknown as Parameters<Compute>[0], attributes);
    graph.constant(name, shape, data);
    return false;
  });
}

function eachWithOne(a: Numbers, b: Numbers, compute: (x: number, y: number) => number): Numbers {
  const { shape } = a.data.length >= b.data.length ? a : b;
  const count = Math.max(a.data.length, b.data.length);
  const at = ({ data }: Numbers, i: number): number => data[i % data.length]!;
  return { shape, data: Float32Array.from({ length: count }, (_, i) => compute(at(a, i), at(b, i))) };
}

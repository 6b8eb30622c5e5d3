import { permuted, type TensorValue, TO_CHANNELS_FIRST, TO_CHANNELS_LAST } from '../../src/bundle/tensor.js';
import type { Attribute, GraphConstant, GraphNode, OnnxGraph, Value } from '../onnx/graph.js';
import { attribute, TfGraph } from './graph.js';

/** What an ONNX value has become: a node of the TensorFlow graph. */
export interface Translated {
  readonly node: string;
  /** In ONNX's order of dimensions, whatever the layout. */
  readonly shape: readonly (number | string)[];
  /** The node holds it as NHWC, while ONNX has NCHW. Only for values of four dimensions. */
  readonly channelsLast: boolean;
}

/** Translates one node of an operator: adds nodes to the TensorFlow graph and says what the node's output has become. */
export type Operator = (translation: Translation, node: GraphNode) => Translated;

/** An ONNX graph on its way to TensorFlow: what has been translated until now, and what operators need to go on. */
export class Translation {
  readonly graph = new TfGraph();
  readonly #values = new Map<Value, Translated>();
  readonly #constants: ReadonlyMap<Value, GraphConstant>;

  constructor(onnx: OnnxGraph) {
    this.#constants = new Map(onnx.constants.map((constant) => [constant.name, constant]));
  }

  define(name: Value, value: Translated): void {
    this.#values.set(name, value);
  }

  value(name: Value): Translated {
    const known = this.#values.get(name);
    if (known) return known;
    const constant = this.constant(name);
    const { shape } = constant;
    const value = { node: this.graph.constant(name, shape, numbersOf(constant)), shape, channelsLast: false };
    this.define(name, value);
    return value;
  }

  /** @throws Error for a value that is computed: TensorFlow wants to know it beforehand */
  constant(name: Value | undefined): GraphConstant {
    const constant = name === undefined ? undefined : this.#constants.get(name);
    if (!constant) throw new Error(`${name} is not a constant, so its operator cannot be translated.`);
    // Weights are drawn once per look at them, so this is the one look.
    return { ...constant };
  }

  isConstant(name: Value): boolean {
    return this.#constants.has(name);
  }

  /** The node that holds a value of four dimensions as NHWC; a Transpose is added where there is none. */
  channelsLast(value: Translated): string {
    return value.channelsLast ? value.node : this.#transpose(value.node, 'nhwc', TO_CHANNELS_LAST);
  }

  /** The node that holds a value in ONNX's order; a Transpose is added where there is none. */
  channelsFirst(value: Translated): string {
    return value.channelsLast ? this.#transpose(value.node, 'nchw', TO_CHANNELS_FIRST) : value.node;
  }

  /** A node whose numbers follow one another as in ONNX, whatever its shape: an image of one pixel or one channel need not move. */
  inOnnxOrder(value: Translated): string {
    const [, channels, height, width] = value.shape;
    const sameInBoth = channels === 1 || (height === 1 && width === 1);
    return sameInBoth ? value.node : this.channelsFirst(value);
  }

  ints(name: string, values: readonly number[]): string {
    return this.graph.constant(name, [values.length], Int32Array.from(values));
  }

  #transpose(node: string, layout: string, order: readonly number[]): string {
    const name = `${node}/${layout}`;
    if (this.graph.nodes.some((other) => other.name === name)) return name;
    return this.graph.node(name, 'Transpose', [node, this.ints(`order/${layout}`, order)], { Tperm: { type: 'DT_INT32' } });
  }
}

/** A constant's numbers. int64 becomes int32, the only whole numbers that TF.js has. */
export function numbersOf({ type, data }: Pick<TensorValue, 'type' | 'data'>): Float32Array | Int32Array {
  const { buffer, byteOffset, byteLength } = data;
  switch (type) {
    case 'float32':
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case 'int32':
      return new Int32Array(buffer, byteOffset, byteLength / 4);
    case 'int64':
      return Int32Array.from(new BigInt64Array(buffer, byteOffset, byteLength / 8), Number);
    default:
      throw new Error(`TF.js has no constants of type ${type}.`);
  }
}

/** An attribute that is a list of whole numbers. */
export function intsOf(node: GraphNode, name: string, otherwise: readonly number[]): readonly number[] {
  const value: Attribute = node.attributes[name] ?? otherwise;
  if (!Array.isArray(value)) throw new Error(`${node.operator}'s ${name} is not a list of whole numbers.`);
  return value;
}

/** An attribute that is one number. */
export function numberOf(node: GraphNode, name: string, otherwise: number): number {
  const value = node.attributes[name] ?? otherwise;
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && 'float' in value) return value.float;
  throw new Error(`${node.operator}'s ${name} is not a number.`);
}

/** A declared shape as the TensorFlow graph has it. */
export function tfShape(shape: readonly (number | string)[]): readonly (number | string)[] {
  return shape.length === 4 ? permuted(shape, TO_CHANNELS_LAST) : shape;
}

export const NHWC = attribute.text('NHWC');

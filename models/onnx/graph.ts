import { type DeclaredTensor, elementCount, type TensorType } from '../../src/bundle/tensor.js';
import { seededWeights } from './seededWeights.js';

/** The name of a value that flows through a graph: an input, a constant, or a node's output. */
export type Value = string;

/** An attribute: whole numbers by default, `{ float }` and `{ floats }` where ONNX wants floating point. */
export type Attribute = number | readonly number[] | string | { readonly float: number } | { readonly floats: readonly number[] };

export type Attributes = Readonly<Record<string, Attribute>>;

/** A value with a declared shape, so never null. */
export type GraphTensor = DeclaredTensor & { readonly shape: readonly (number | string)[] };

export interface GraphConstant {
  readonly name: Value;
  readonly type: TensorType;
  readonly shape: readonly number[];
  /** Seeded weights are drawn whenever they are asked for, so that those of a large network are never in memory all at once. */
  readonly data: Uint8Array<ArrayBuffer>;
}

export interface GraphNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Attributes;
}

export type ConstantData = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;

/**
 * An ONNX graph under construction, in the order of execution. Layers are functions that add nodes to it and return the value
 * that they compute (see layers/); `encodeModel` makes the file.
 */
export class OnnxGraph {
  readonly inputs: GraphTensor[] = [];
  readonly outputs: GraphTensor[] = [];
  readonly nodes: GraphNode[] = [];
  /** Trainable numbers, as training frameworks count them. */
  parameters = 0;
  readonly #constants = new Map<Value, GraphConstant>();

  constructor(
    readonly name: string,
    /** Of the weights. */
    readonly seed: number,
    /** Version of ONNX's default operator set. */
    readonly opset: number,
  ) {}

  get constants(): readonly GraphConstant[] {
    return [...this.#constants.values()];
  }

  input(name: string, type: TensorType, shape: readonly (number | string)[]): Value {
    this.inputs.push({ name, type, shape });
    return name;
  }

  /** Declares a value as an output of the model, under a name of its own. */
  output(value: Value, name: string, type: TensorType, shape: readonly (number | string)[]): void {
    this.nodes.push({ name, operator: 'Identity', inputs: [value], outputs: [name], attributes: {} });
    this.outputs.push({ name, type, shape });
  }

  /** Adds a node and returns its first output. */
  node(operator: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.nodeWithOutputs(operator, inputs, 1, attributes)[0]!;
  }

  nodeWithOutputs(operator: string, inputs: readonly Value[], count: number, attributes: Attributes = {}): readonly Value[] {
    const name = `${operator}_${this.nodes.length}`;
    const outputs = Array.from({ length: count }, (_, i) => (count === 1 ? name : `${name}_${i}`));
    this.nodes.push({ name, operator, inputs, outputs, attributes });
    return outputs;
  }

  /** A constant that nobody trains. Asked for again under the same name, it is shared. */
  constant(name: string, shape: readonly number[], data: ConstantData): Value {
    if (!this.#constants.has(name)) this.#constants.set(name, stored(name, shape, data));
    return name;
  }

  /** Seeded weights for a layer with `fanIn` inputs per output. */
  weight(name: string, shape: readonly number[], fanIn: number): Value {
    const { seed } = this;
    const count = elementCount(shape);
    return this.#train({
      name,
      type: 'float32',
      shape,
      get data() {
        return new Uint8Array(seededWeights(seed, name, count, fanIn).buffer);
      },
    });
  }

  /** A trained tensor; its name must be new. */
  parameter(name: string, shape: readonly number[], data: Float32Array<ArrayBuffer>): Value {
    return this.#train(stored(name, shape, data));
  }

  #train(constant: GraphConstant): Value {
    const { name, shape } = constant;
    if (this.#constants.has(name)) throw new Error(`Graph ${this.name} has two parameters named ${name}.`);
    this.parameters += elementCount(shape);
    this.#constants.set(name, constant);
    return name;
  }
}

function stored(name: string, shape: readonly number[], data: ConstantData): GraphConstant {
  if (data.length !== elementCount(shape)) {
    throw new Error(`Constant ${name} has ${data.length} elements, its shape ${shape.join('x')} wants ${elementCount(shape)}.`);
  }
  const type = data instanceof Float32Array ? 'float32' : data instanceof Int32Array ? 'int32' : 'int64';
  return { name, type, shape, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

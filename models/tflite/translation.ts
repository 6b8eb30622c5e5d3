import type { TfAttribute, TfGraph, TfNode } from '../tfjs/graph.js';
import type { LiteOperator, LiteOptions, LiteTensor } from './graph.js';
import type { OperatorCode } from './schema.js';

/** Translates one node of a TensorFlow graph: adds operators, the last of which computes the node. */
export type Operator = (translation: Translation, node: TfNode) => void;

/** What an operator computes: the type is that of its first input where nothing else is said. */
export interface Computed {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type?: LiteTensor['type'];
}

/** A TensorFlow graph on its way to a .tflite: what has been translated until now. */
export class Translation {
  readonly operators: LiteOperator[] = [];
  readonly #tensors = new Map<string, LiteTensor>();

  constructor(private readonly source: TfGraph) {
    for (const { node, type, shape } of source.inputs) {
      if (shape.some((size) => typeof size === 'string')) {
        throw new Error(`Its input ${node} has a size that is chosen at run time, which has no translation to LiteRT.`);
      }
      this.#tensors.set(node, { name: node, type, shape: shape as readonly number[], data: null });
    }
  }

  /** @throws Error for what is neither a constant nor computed before */
  tensor(name: string): LiteTensor {
    const known = this.#tensors.get(name);
    if (known) return known;
    const found = this.source.constantNamed(name);
    if (!found) throw new Error(`${name} is used before it is computed.`);
    return this.constant(name, found.shape, found.data);
  }

  /** The numbers of a constant; undefined for what is computed. */
  numbers(name: string): readonly number[] | undefined {
    const constant = this.source.constantNamed(name);
    return constant && [...constant.data];
  }

  /** Adds a constant. Asked for again under the same name, it is shared. */
  constant(name: string, shape: readonly number[], data: Float32Array | Int32Array | (() => Float32Array)): LiteTensor {
    const known = this.#tensors.get(name);
    if (known) return known;
    const bytes = () => {
      const { buffer, byteOffset, byteLength } = typeof data === 'function' ? data() : data;
      return new Uint8Array(buffer, byteOffset, byteLength);
    };
    const tensor: LiteTensor = { name, type: data instanceof Int32Array ? 'int32' : 'float32', shape, data: bytes };
    this.#tensors.set(name, tensor);
    return tensor;
  }

  ints(name: string, values: readonly number[]): LiteTensor {
    return this.constant(name, [values.length], Int32Array.from(values));
  }

  add(code: OperatorCode, inputs: readonly LiteTensor[], computed: Computed, options: LiteOptions = {}, version = 1): LiteTensor {
    const output: LiteTensor = { type: inputs[0]!.type, ...computed, data: null };
    this.operators.push({ code, inputs, output, options, version });
    this.#tensors.set(output.name, output);
    return output;
  }
}

/** An attribute that is a list of whole numbers; empty where there is none. */
export function intsOf({ attributes }: TfNode, name: string): readonly number[] {
  const value: TfAttribute | undefined = attributes[name];
  return value && 'list' in value && 'i' in value.list ? value.list.i.map(Number) : [];
}

export function textOf({ attributes }: TfNode, name: string): string | undefined {
  const value = attributes[name];
  return value && 's' in value ? atob(value.s) : undefined;
}

export function textsOf({ attributes }: TfNode, name: string): readonly string[] {
  const value = attributes[name];
  return value && 'list' in value && 's' in value.list ? value.list.s.map((text) => atob(text)) : [];
}

export function isSet({ attributes }: TfNode, name: string): boolean {
  const value = attributes[name];
  return value !== undefined && 'b' in value && value.b;
}

/** Axes that may count from the end, from the beginning. */
export const fromStart = (axes: readonly number[], rank: number): readonly number[] =>
  axes.map((axis) => (axis < 0 ? axis + rank : axis));

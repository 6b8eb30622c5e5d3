/**
 * An attribute of a TensorFlow node, as the JSON of its protocol buffer has it: whole numbers as strings, strings in base64.
 * Source: https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/attr_value.proto
 */
export type TfAttribute =
  | { readonly type: string }
  | { readonly i: string }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly s: string }
  | { readonly list: { readonly i: readonly string[] } | { readonly s: readonly string[] } };

export type TfAttributes = Readonly<Record<string, TfAttribute>>;

export interface TfNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: TfAttributes;
}

export interface TfConstant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** A tensor that goes in or out, under the name of the node that holds it. */
export interface TfPort {
  readonly name: string;
  readonly node: string;
  readonly type: 'float32' | 'int32';
  readonly shape: readonly (number | string)[];
}

/** A TensorFlow graph under construction; nodes in the order of execution, constants apart from them. */
export class TfGraph {
  readonly inputs: TfPort[] = [];
  readonly outputs: TfPort[] = [];
  nodes: TfNode[] = [];
  readonly #constants = new Map<string, TfConstant>();

  /** Adds a node and returns its name. */
  node(name: string, op: string, inputs: readonly string[], attributes: TfAttributes = {}): string {
    this.nodes.push({ name, op, inputs, attributes: { T: { type: 'DT_FLOAT' }, ...attributes } });
    return name;
  }

  /** Adds a constant and returns its name. Asked for again under the same name, it is shared. */
  constant(name: string, shape: readonly number[], data: Float32Array | Int32Array): string {
    if (!this.#constants.has(name)) this.#constants.set(name, { name, shape, data });
    return name;
  }

  constantNamed(name: string): TfConstant | undefined {
    return this.#constants.get(name);
  }

  /** The constants that a node uses, in the order of the nodes. */
  usedConstants(): TfConstant[] {
    const names = new Set(this.nodes.flatMap(({ inputs }) => inputs));
    return [...names].flatMap((name) => this.#constants.get(name) ?? []);
  }
}

export const attribute = {
  ints: (values: readonly number[]): TfAttribute => ({ list: { i: values.map(String) } }),
  text: (value: string): TfAttribute => ({ s: btoa(value) }),
  texts: (values: readonly string[]): TfAttribute => ({ list: { s: values.map((value) => btoa(value)) } }),
};

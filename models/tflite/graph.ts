import type { OperatorCode } from './schema.js';

/** A tensor of a .tflite: with data a constant, otherwise computed or fed. */
export interface LiteTensor {
  readonly name: string;
  readonly type: 'float32' | 'int32';
  readonly shape: readonly number[];
  /** Made when asked for, so that weights are in memory once and not twice. */
  readonly data: (() => Uint8Array) | null;
}

export type LiteOptions = Readonly<Record<string, number | readonly number[]>>;

export interface LiteOperator {
  readonly code: OperatorCode;
  readonly inputs: readonly LiteTensor[];
  readonly output: LiteTensor;
  /** By the names of `OPTIONS`; what is absent is 0. */
  readonly options: LiteOptions;
  /** 1 for most; more where an option needs it. */
  readonly version: number;
}

/** A tensor that goes in or out, by the name that users know. */
export interface LitePort {
  readonly name: string;
  readonly tensor: LiteTensor;
}

/** The one subgraph of a .tflite under construction; operators in the order of execution. */
export interface LiteGraph {
  readonly name: string;
  readonly inputs: readonly LitePort[];
  readonly outputs: readonly LitePort[];
  readonly operators: readonly LiteOperator[];
}

import type { TensorSpec, TensorValue } from '../../src/bundle/tensor.js';

/** Requests of the parent to the child of a native baseline, and the child's answers. */
export interface Calls {
  readonly load: {
    readonly argument: Workload;
    readonly result: { readonly version: string } | { readonly unavailable: string };
  };
  readonly setup: { readonly argument: null; readonly result: number };
  readonly predict: { readonly argument: number; readonly result: number[] };
  readonly outputs: { readonly argument: null; readonly result: TensorValue[] };
  /** Ends the profile of the session. The runtime writes it to a file. */
  readonly endProfile: { readonly argument: null; readonly result: null };
  readonly usesCpuProvider: { readonly argument: null; readonly result: boolean };
}

export interface Workload {
  readonly modelPath: string;
  readonly inputs: readonly BaselineInput[];
  readonly threads: number;
  /** Folder of the runtime's package. */
  readonly runtimePath: string;
  /** Execution provider of onnxruntime-node. */
  readonly provider: 'cpu' | 'webgpu';
  /** Start of the path of the profile's file. Null: no profile. */
  readonly profilePrefix: string | null;
}

/** An input and its contents, row-major and little-endian. */
export interface BaselineInput {
  readonly spec: TensorSpec;
  readonly bytes: Uint8Array;
}

export type CallName = keyof Calls;

/** One call, as sent to the child. */
export type Call = { readonly [Name in CallName]: { readonly name: Name; readonly argument: Calls[Name]['argument'] } }[CallName];

/** The answer to the oldest unanswered call. */
export type Answer = { readonly result: Calls[CallName]['result'] } | { readonly error: string };

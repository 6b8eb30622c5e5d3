import type { TensorSpec } from '../src/bundle/tensor.js';
import type { BaselineInput } from './baseline/protocol.js';
import type { FrameworkId } from './frameworks.js';
import type { LadderOptions } from './ladder/runLadder.js';
import type { PassName } from './passes.js';

/** What is run, where, and what is recorded of it. */
export interface CollectOptions {
  /** The bundle's folder; made if it is not there. */
  readonly folder: string;
  readonly toolVersion: string;
  readonly model: {
    readonly name: string;
    readonly title: string;
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
    /** Files beside the model that hold weights. */
    readonly externalData: readonly { readonly location: string; readonly path: string; readonly bytes: number }[];
  };
  readonly inputs: readonly { readonly spec: TensorSpec; readonly bytes: Uint8Array }[];
  /** What ONNX Runtime runs natively beside it; null if the model has no form that it can run. */
  readonly baseline: BaselineModel | null;
  readonly framework: FrameworkId;
  readonly backend: string;
  readonly on: 'worker' | 'main';
  readonly threads: number;
  /** False: the framework's modules without SIMD; null: the framework leaves no choice. */
  readonly simd: boolean | null;
  /** False: the page is served without the headers of cross-origin isolation, as most pages are. */
  readonly isolated: boolean;
  /** Exactly so many predictions in either pass; null: as many as the interval needs. */
  readonly iterations: number | null;
  readonly seed: number;
  /** Passes that are made, and no other. */
  readonly passes: readonly PassName[];
  /** Fresh processes of the timing pass; null: as many as the interval needs. */
  readonly processes: number | null;
  /** Null: no ladder. */
  readonly ladder: LadderOptions | null;
}

export interface BaselineModel {
  /** Of the ONNX file. */
  readonly path: string;
  readonly inputs: readonly BaselineInput[];
  /** It is not the file that runs in the browser but its twin, with NCHW where that one has tensors of four dimensions as NHWC. */
  readonly twin: boolean;
}

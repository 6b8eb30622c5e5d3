import type { Asked } from '../src/bundle/asked.js';
import type { TensorSpec } from '../src/bundle/tensor.js';
import type { Detects } from '../src/detection/detects.js';
import type { BaselineInput } from './baseline/protocol.js';
import type { FrameworkId } from './frameworks.js';
import type { LadderOptions } from './ladder/runLadder.js';
import type { PassName } from './passes.js';
import type { QoeOptions } from './qoe/qoeOptions.js';

/** What is run, on what, and what is recorded. */
export interface CollectOptions {
  /** The bundle's folder; created if missing. */
  readonly folder: string;
  readonly toolVersion: string;
  /** The options by which it can be collected again, beside what is named here; none where no user gave any. */
  readonly asked?: Asked;
  readonly model: {
    readonly name: string;
    readonly title: string;
    /** What the user named it by: a name of the registry or a path. */
    readonly argument?: string;
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
    /** What it finds in pictures, if that is known. */
    readonly detects?: Detects;
    /** Sizes that the inputs give to the dimensions that the model leaves free, by their names. */
    readonly freeDimensions?: Readonly<Record<string, number>>;
    /** Files next to the model that contain its weights. */
    readonly externalData: readonly { readonly location: string; readonly path: string; readonly bytes: number }[];
  };
  readonly inputs: readonly { readonly spec: TensorSpec; readonly bytes: Uint8Array }[];
  /** The model that ONNX Runtime runs natively; null if there is no form of it that ORT can run. */
  readonly baseline: BaselineModel | null;
  readonly framework: FrameworkId;
  /** Folders with another build of the framework than the one that is installed, by the name in their URL; absent: that one. */
  readonly frameworkFolders?: Readonly<Record<string, string>>;
  readonly backend: string;
  readonly on: 'worker' | 'main';
  readonly threads: number;
  /** False: the framework's modules without SIMD. Null: the framework has no such choice. */
  readonly simd: boolean | null;
  /** False: the page is served without the headers of cross-origin isolation, like most pages. */
  readonly isolated: boolean;
  /** Exact number of predictions in either pass. Null: as many as the confidence interval needs. */
  readonly iterations: number | null;
  readonly seed: number;
  /** The only passes that are made. */
  readonly passes: readonly PassName[];
  /** Fresh processes of the timing pass. Null: as many as the confidence interval needs. */
  readonly processes: number | null;
  /** Switches for V8 in the run's browsers, e.g. `--no-liftoff`; absent: none. */
  readonly v8Flags?: readonly string[];
  /** Null: no page is used while inference runs. */
  readonly qoe: QoeOptions | null;
  /** Times that the page is opened in one profile; absent: it is not. */
  readonly visits?: number;
  /** Null: no ladder. */
  readonly ladder: LadderOptions | null;
}

export interface BaselineModel {
  /** Path of the ONNX file. */
  readonly path: string;
  readonly inputs: readonly BaselineInput[];
  /** The file is not the one that runs in the browser but its twin: NCHW where that one has four-dimensional tensors as NHWC. */
  readonly twin: boolean;
}

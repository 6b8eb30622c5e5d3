/** What went wrong with a model; `unknown-name`, `shape` and `format` are mistakes in what the user typed. */
export type ModelErrorCode =
  | 'unknown-name'
  | 'not-found'
  | 'not-onnx'
  | 'not-tfjs'
  | 'not-tflite'
  | 'truncated'
  | 'external-data'
  /** More than a file of its format, or the backend's memory, can hold. */
  | 'too-large'
  | 'unsupported'
  | 'shape'
  /** The model is there, but not in the format that the framework reads. */
  | 'format'
  | 'not-installed';

/** A model that cannot be used. The message says which model or file, what is wrong with it, and what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(
    readonly code: ModelErrorCode,
    /** The model's name, or its file. */
    readonly subject: string,
    /** What is wrong, a sentence without its subject. */
    problem: string,
    /** What to do, whole sentences. */
    remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${subject}: ${problem}. ${remedy}`, options);
  }
}

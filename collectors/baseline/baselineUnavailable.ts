/** The native baseline cannot run on this machine: onnxruntime-node is missing or does not load. An expected lack, not a failure. */
export class BaselineUnavailable extends Error {
  override readonly name = 'BaselineUnavailable';

  constructor(
    /** What loading it reported. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `No native baseline: onnxruntime-node cannot be loaded (${reason}). Run "npm install" in the project to have one.`,
      options,
    );
  }
}

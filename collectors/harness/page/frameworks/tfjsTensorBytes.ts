import type * as Tfjs from '@tensorflow/tfjs';

/** What its engine has, and is no part of its types. */
interface Engine {
  readonly state: { readonly numBytes: number };
  trackTensor(...parameters: unknown[]): void;
}

/**
 * Bytes of the tensors that are alive, as TF.js counts them (`tf.memory().numBytes`): weights and inputs too. Two tensors that share their
 * data, as after a Reshape, count twice; what a kernel takes for itself while it runs does not count.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/engine.ts (trackTensor)
 * @param made called whenever a tensor was made: between two such calls the sum only falls, so that no peak is missed
 */
export function tfjsTensorBytes(tf: typeof Tfjs, made: () => void): () => number {
  const engine = tf.engine() as unknown as Engine;
  const { trackTensor } = engine;
  engine.trackTensor = (...parameters) => {
    trackTensor.apply(engine, parameters);
    made();
  };
  return () => engine.state.numBytes;
}

import { inferenceLoop } from '../inferenceLoop.js';

// TensorFlow.js by its script, as its own tutorials do.
const { tf } = globalThis;
const SIDE = 128;

inferenceLoop({
  async load() {
    await tf.setBackend('webgl');
    return tf.loadGraphModel('/models/human/blazeface-front.json');
  },
  /** Where faces may be: numbers for each of 896 boxes. */
  async infer(model) {
    const boxes = tf.tidy(() => [model.execute(tf.fill([1, SIDE, SIDE, 3], 0.5))].flat());
    const values = await Promise.all(boxes.map((part) => part.data()));
    tf.dispose(boxes);
    return values;
  },
});

import { type TensorValue, TO_CHANNELS_FIRST, transposed } from '../../src/bundle/tensor.js';

/** An output of a TF.js or LiteRT model as the ONNX form of the same network has it: NCHW where it has four dimensions. */
export function channelsFirst(output: TensorValue): TensorValue {
  return output.shape.length === 4 ? transposed(output, TO_CHANNELS_FIRST) : output;
}

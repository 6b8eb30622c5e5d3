import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { tinyModel } from './tinyModel.js';

/** The tiny model after a change that the graph builder would not make. */
export function editedModel(edit: (model: ModelProto) => void): Uint8Array {
  const model = fromBinary(ModelProtoSchema, tinyModel());
  edit(model);
  return toBinary(ModelProtoSchema, model);
}

import type { OnnxGraph } from './graph.js';
import { modelChunks } from './modelChunks.js';

/** The bytes of an ONNX file at once, for graphs that are small. */
export function encodeModel(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
  const chunks = [...modelChunks(graph)];
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

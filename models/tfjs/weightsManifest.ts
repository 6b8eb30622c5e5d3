import { z } from 'zod';
import { bytesPerElement, type DeclaredTensor, elementCount } from '../../src/bundle/tensor.js';
import type { ExternalDataReference } from '../externalDataFile.js';

/** What a TF.js model says of itself. */
export interface TfjsSignature {
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
  /** See `countWeights` for what is counted. */
  readonly parameters: number;
  /** Its weights files, in their order. */
  readonly weights: readonly ExternalDataReference[];
}

/** The weights that a model.json lists. https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts, `WeightsManifestConfig` */
export const weightsManifest = z.array(
  z.object({
    paths: z.array(z.string()),
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.number()),
        dtype: z.string(),
        quantization: z.object({ dtype: z.string() }).optional(),
      }),
    ),
  }),
);

type Group = z.infer<typeof weightsManifest>[number];

/** A group's weights fill its files in turn; only the sum is declared, so a single file alone has a known least size. */
export function weightsFiles(manifest: readonly Group[]): ExternalDataReference[] {
  return manifest.flatMap(({ paths, weights }) => {
    const total = weights.reduce((sum, { shape, dtype, quantization }) => {
      return sum + elementCount(shape) * (ELEMENT_BYTES[quantization?.dtype ?? dtype] ?? 0);
    }, 0);
    return paths.map((location) => ({ location, leastBytes: paths.length === 1 ? total : 1 }));
  });
}

/**
 * The numbers that a training framework would count: floating-point weights, quantized ones too, without the running statistics of
 * BatchNormalization and without single numbers, which are settings. An estimate, as `countParameters` is of an ONNX file.
 */
export function countWeights(manifest: readonly Group[]): number {
  const trained = manifest
    .flatMap(({ weights }) => weights)
    .filter(({ dtype, name }) => dtype === 'float32' && !STATISTIC.test(name));
  return trained.map(({ shape }) => elementCount(shape)).reduce((sum, count) => (count > 1 ? sum + count : sum), 0);
}

const STATISTIC = /\/moving_(?:mean|variance)(?:$|[:_/])/;

const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  float32: bytesPerElement('float32'),
  int32: bytesPerElement('int32'),
  bool: bytesPerElement('bool'),
  uint16: bytesPerElement('uint16'),
  uint8: bytesPerElement('uint8'),
  float16: bytesPerElement('float16'),
  complex64: 2 * bytesPerElement('float32'),
};

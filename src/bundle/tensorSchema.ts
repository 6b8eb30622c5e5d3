import { z } from 'zod';
import { type DeclaredTensor, TENSOR_TYPES, type TensorSpec } from './tensor.js';

const dimension = z.number().int().nonnegative();

/** Checks a `TensorSpec` that comes from a file. */
export const tensorSpecSchema: z.ZodType<TensorSpec> = z.object({
  name: z.string(),
  type: z.enum(TENSOR_TYPES),
  shape: z.array(dimension),
});

/** Checks a `DeclaredTensor` that comes from a file. */
export const declaredTensorSchema: z.ZodType<DeclaredTensor> = z.object({
  name: z.string(),
  type: z.enum(TENSOR_TYPES),
  shape: z.array(z.union([dimension, z.string()])).nullable(),
});

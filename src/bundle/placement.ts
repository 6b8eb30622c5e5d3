import { z } from 'zod';

const text = z.string().max(4096);
const count = z.number().int().nonnegative();

/** Where the operators of one prediction ran, as far as the framework tells. */
export const placementSchema = z.object({
  /** Operators that ran on the backend that was asked for. */
  onBackend: count,
  /** Those that did not, by what ran them ("CPU"). */
  elsewhere: z.array(z.object({ operator: text, provider: text, count })),
  /** How this is known, as a sentence's end: "as ONNX Runtime placed them". */
  source: text,
});

export type Placement = z.infer<typeof placementSchema>;

import { z } from 'zod';
import { sameLength, text } from './schemaParts.js';

const bytes = z.number().nonnegative();

/** `heaps.json`: JavaScript heaps of a watched page, its frames of other sites and its workers, read while it was recorded. */
export const heapLogSchema = z.object({
  schema: z.literal('inferscope.heaps/1'),
  realms: z.array(
    z.object({
      kind: z.enum(['page', 'frame', 'worker']),
      /** The script's or the document's; of what the page made itself only `blob:` and the origin, or `data:`. */
      url: text,
      readings: z
        .object({
          /** On the trace clock, µs. */
          atUs: z.array(z.number()),
          /** Objects of the heap, with garbage that was not collected yet. */
          usedBytes: z.array(bytes),
          /** Array buffers, which are outside of the heap. */
          arrayBufferBytes: z.array(bytes),
        })
        .refine(sameLength, 'columns differ in length'),
      /** Both together after the recording, when garbage had been collected; null if that failed. */
      heldBytes: bytes.nullable(),
    }),
  ),
});

export type HeapLog = z.infer<typeof heapLogSchema>;

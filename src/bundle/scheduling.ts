import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const column = z.array(z.number());

/**
 * `sched.json`: scheduling of each thread over the trace pass, as the operating system counts it. The columns of `samples` are of equal
 * length. Running and waiting are sums since the thread began: the difference of two rows of a thread is what it did in between.
 */
export const schedulingSchema = z.object({
  schema: z.literal('inferscope.sched/1'),
  /** Where the numbers come from. */
  source: z.string().max(200),
  threads: z.array(
    z.object({
      /** As the system knows them. */
      pid: z.number().int(),
      tid: z.number().int(),
      /** As the process itself, and so the trace, knows the thread inside its sandbox. */
      traceTid: z.number().int(),
      name: z.string().max(64),
    }),
  ),
  samples: z
    .object({
      /** Position in `threads`. */
      thread: column,
      /** On the trace clock, µs. */
      atUs: column,
      /** Time on a core, µs. */
      ranUs: column,
      /** Runnable, without a core, µs. */
      waitedUs: column,
    })
    .refine(sameLength, 'columns differ in length'),
});

export type Scheduling = z.infer<typeof schedulingSchema>;

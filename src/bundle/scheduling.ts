import { z } from 'zod';

const column = z.array(z.number());

/**
 * `sched.json`: what the kernel says of each thread over the trace pass. Columns of equal length in `samples`; running and waiting
 * are sums since the thread began, so differences between two rows of a thread are what it did in between.
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
    .refine(({ thread, atUs, ranUs, waitedUs }) => [atUs, ranUs, waitedUs].every(({ length }) => length === thread.length), {
      message: 'columns differ in length',
    }),
});

export type Scheduling = z.infer<typeof schedulingSchema>;

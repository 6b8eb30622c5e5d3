import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const column = z.array(z.number());

/**
 * `sched.json`: scheduling of each thread during the trace pass, as counted by the operating system. The columns of `samples`
 * have equal length. Running and waiting are sums since the thread's start: the difference of two rows is what the thread did in
 * between.
 */
export const schedulingSchema = z.object({
  schema: z.literal('inferscope.sched/1'),
  /** Where the numbers come from. */
  source: z.string().max(200),
  threads: z.array(
    z.object({
      /** The system's ids. */
      pid: z.number().int(),
      tid: z.number().int(),
      /** The thread's id inside the process's sandbox, as in the trace. */
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
      /** Run-queue wait, µs. */
      waitedUs: column,
    })
    .refine(sameLength, 'columns differ in length'),
  /** Of the whole machine. Missing in older bundles. */
  system: z
    .object({
      /** On the trace clock, µs. */
      atUs: column,
      /** Time that all its cores together were busy since it started, µs. */
      busyUs: column,
    })
    .refine(sameLength, 'columns differ in length')
    .optional(),
});

export type Scheduling = z.infer<typeof schedulingSchema>;

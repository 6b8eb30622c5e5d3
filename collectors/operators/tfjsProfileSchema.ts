import { z } from 'zod';

const text = z.string().max(4096);
const tensors = z.array(z.object({ type: text, shape: z.array(z.number()) }));

const entrySchema = z.object({
  /** The registered kernel; null for a mere wrapper around kernels, as TF.js' operators with a custom gradient are. */
  kernel: text.nullable(),
  /** The running operator of TF.js' API: "fusedConv2d_". */
  scope: text,
  /** The node of the graph model that asked for it; null if unknown. */
  node: text.nullable(),
  /** Position in this list of the entry in which it ran; null for an outermost one. */
  parent: z.int().nonnegative().nullable(),
  /** Start, ms since the start of its run. */
  startMs: z.number().nonnegative(),
  /** Duration on the calling thread, ms. */
  ms: z.number().nonnegative(),
  /** Duration of its programs on the device, ms; null inside another kernel, and without a device. */
  deviceMs: z.number().nullable(),
  inputs: tensors,
  outputs: tensors,
});

const runSchema = z.object({
  /** On the realm's `performance.now()`. */
  startMs: z.number(),
  ms: z.number().nonnegative(),
  /** What ran in it, in the order of start. */
  entries: z
    .array(entrySchema)
    .refine((run) => run.every(({ parent }, i) => parent === null || parent < i), 'an entry is inside of one that begins later'),
});

/** What ran in each prediction, from the harness' TF.js profiler. */
export const tfjsProfileSchema = z.object({
  /** Whether there is a device in addition to the thread, and whether it reports times. */
  device: z.enum(['none', 'timed', 'silent']),
  runs: z.array(runSchema),
});

export type TfjsProfile = z.infer<typeof tfjsProfileSchema>;
export type TfjsRun = z.infer<typeof runSchema>;
export type TfjsEntry = z.infer<typeof entrySchema>;

import { z } from 'zod';

const text = z.string().max(4096);
const tensors = z.array(z.object({ type: text, shape: z.array(z.number()) }));

const entrySchema = z.object({
  /** The registered kernel; null for what only stands around kernels, as TF.js' operators with a gradient of their own do. */
  kernel: text.nullable(),
  /** The operator of TF.js' programming interface that was running: "fusedConv2d_". */
  scope: text,
  /** The node of the graph model that asked for it; null where that is not known. */
  node: text.nullable(),
  /** Place in this list of the entry in which it ran; null if in none. */
  parent: z.int().nonnegative().nullable(),
  /** When it began, ms since its run did. */
  startMs: z.number().nonnegative(),
  /** On the thread that called it, ms. */
  ms: z.number().nonnegative(),
  /** Of the programs that it started on the device, ms; null inside of another kernel, and without a device. */
  deviceMs: z.number().nullable(),
  inputs: tensors,
  outputs: tensors,
});

const runSchema = z.object({
  /** By the realm's `performance.now()`. */
  startMs: z.number(),
  ms: z.number().nonnegative(),
  /** What ran in it, in the order of beginning. */
  entries: z
    .array(entrySchema)
    .refine((run) => run.every(({ parent }, i) => parent === null || parent < i), 'an entry is inside of one that begins later'),
});

/** What ran in each prediction, by the harness' profiler of TF.js. */
export const tfjsProfileSchema = z.object({
  /** Whether there is a device beside the thread, and whether it tells its times. */
  device: z.enum(['none', 'timed', 'silent']),
  runs: z.array(runSchema),
});

export type TfjsProfile = z.infer<typeof tfjsProfileSchema>;
export type TfjsRun = z.infer<typeof runSchema>;
export type TfjsEntry = z.infer<typeof entrySchema>;

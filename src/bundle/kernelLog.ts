import { z } from 'zod';

const text = z.string().max(4096);
const column = z.array(z.number().nonnegative());
const shapes = z.array(z.array(z.number()));

/** One operator of the graph that the framework really ran: after its optimization, so fused operators are one. */
const nodeSchema = z.object({
  /** The framework's name of it. */
  name: text,
  /** Its type: "Conv". */
  operator: text,
  /** What ran it: "CPU", "WebGpu". */
  provider: text,
  /** Of the first prediction. */
  inputs: shapes,
  outputs: shapes,
  /** Time on the thread that ran it or, on a device, asked for it; ms, one per prediction. */
  hostMs: column,
  /** Time on the device; null where the operator has none, or the device told no times. */
  deviceMs: column.nullable(),
});

const profileSchema = z
  .object({
    /** Runtime and version, for people. */
    source: text,
    /** The profiled predictions as their caller timed them, inputs in to outputs read back. */
    predictionsMs: column,
    /** In the order in which they first ran. */
    nodes: z.array(nodeSchema),
  })
  .refine(
    ({ predictionsMs, nodes }) =>
      nodes.every(({ hostMs, deviceMs }) => [hostMs, deviceMs ?? hostMs].every(({ length }) => length === predictionsMs.length)),
    'columns differ in length',
  );

/** `kernels.json`: time per operator from the frameworks' own profilers, in a pass of its own; null where there is none. */
export const kernelLogSchema = z.object({
  schema: z.literal('inferscope.kernels/1'),
  browser: profileSchema,
  native: profileSchema.nullable(),
});

export type KernelNode = z.infer<typeof nodeSchema>;
export type KernelProfile = z.infer<typeof profileSchema>;
export type KernelLog = z.infer<typeof kernelLogSchema>;

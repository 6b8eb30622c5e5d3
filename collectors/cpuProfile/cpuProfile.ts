import { z } from 'zod';

const integer = z.number().int();

/**
 * What `Profiler.stop` gives: a call tree, and samples of it. Times are µs of the system's monotonic clock, which is the trace's;
 * lines and columns are 0-based, -1 where there are none; of a Wasm function the column is its byte offset in the module.
 * https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 */
export const cpuProfileSchema = z.object({
  nodes: z.array(
    z.object({
      id: integer,
      callFrame: z.object({
        functionName: z.string(),
        scriptId: z.string(),
        url: z.string(),
        lineNumber: integer,
        columnNumber: integer,
      }),
      children: z.array(integer).default([]),
    }),
  ),
  startTime: z.number(),
  endTime: z.number(),
  samples: z.array(integer).default([]),
  timeDeltas: z.array(z.number()).default([]),
});

export type CpuProfile = z.infer<typeof cpuProfileSchema>;
export type CallFrame = CpuProfile['nodes'][number]['callFrame'];

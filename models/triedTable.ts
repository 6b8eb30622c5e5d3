import { z } from 'zod';

/** `unfinished`: the time for it ended first, which tells only that it is slow there. */
const triedOutcome = z.enum(['runs', 'fails', 'unfinished']);

export type TriedOutcome = z.infer<typeof triedOutcome>;

/** What runs where, as it was tried: `trace models --try --out <file>` writes it. */
export const triedTable = z.object({
  schema: z.literal('inferscope.tried/1'),
  /** Of the day, as 2026-11-23. */
  date: z.iso.date(),
  browser: z.string(),
  /** As the browser names it; null if it does not. */
  gpu: z.string().nullable(),
  /** Whether the GPU backends computed in software; null if the browser does not tell. */
  softwareRendering: z.boolean().nullable(),
  /** Version of each framework, by id. */
  frameworks: z.record(z.string(), z.string()),
  models: z.array(
    z.object({
      name: z.string(),
      /** Bytes of the files of each format, with their weights. */
      bytes: z.partialRecord(z.enum(['onnx', 'tfjs', 'tflite']), z.number()),
      runs: z.array(
        z.object({
          framework: z.string(),
          backend: z.string(),
          outcome: triedOutcome,
          /** Why it does not run, or how far it came; null if it runs. */
          reason: z.string().nullable(),
        }),
      ),
    }),
  ),
});

export type TriedTable = z.infer<typeof triedTable>;

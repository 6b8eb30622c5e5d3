import { z } from 'zod';
import { type InstructionClass, instructionClasses } from '../wasm/mix.js';
import { sha256 } from './schemaParts.js';

const count = z.number().int().nonnegative();
const classNames = Object.keys(instructionClasses) as [InstructionClass, ...InstructionClass[]];
/** Executed operators by class; classes without any are left out. */
const executed = z.partialRecord(z.enum(classNames), count);

/** `counts.json`: what the modules executed, counted by modules that were rewritten to do so, over some predictions after the first. */
export const countLogSchema = z.object({
  schema: z.literal('inferscope.counts/1'),
  /** Predictions that were counted. */
  predictions: z.number().int().positive(),
  /** Threads that the framework used. Those that wait count their polling, too. */
  threads: z.number().int().positive(),
  /** Whether only functions counted that were sampled under the trace, and not all that ran. */
  sampledOnly: z.boolean().default(false),
  /**
   * Part of the executed operators that are in functions which executed something else in the prediction before: allocators, and
   * with several threads what waits and who takes which piece of work. 0: both are the same to the digit.
   */
  varyingShare: z.number().min(0).max(1),
  modules: z.array(
    z.object({
      /** Of the module as published. */
      sha256,
      /** Those that ran, all threads together. */
      functions: z.array(
        z.object({
          /** Counting imports, as in `wasm-function[N]`. */
          index: count,
          calls: count,
          /** Whether it executed the same, to the digit, in the prediction before; null: an older log. */
          repeats: z.boolean().nullable().default(null),
          executed,
          /** Float operations, each lane by itself, of one number at a time and of vectors; null: an older log. */
          floats: z.object({ scalar: count, vector: count }).nullable().default(null),
          loops: z.array(
            z.object({
              /** Of its `loop` in the module as published. */
              offset: count,
              /** How often it began anew. */
              iterations: count,
              /** What ran in it and in no loop inside; null: an older log. */
              executed: executed.nullable().default(null),
            }),
          ),
        }),
      ),
    }),
  ),
});

export type CountLog = z.infer<typeof countLogSchema>;

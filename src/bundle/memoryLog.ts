import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const text = z.string().max(4096);
const times = z.array(z.number());
const bytes = z.array(z.number().nonnegative());
/** Null where the number was not known at that moment, or never is. */
const told = z.array(z.number().nonnegative().nullable());

/** The phases of the pass, in their order. */
export const memoryPhases = ['blank', 'load', 'setup', 'warm-up', 'prediction', 'dispose', 'after'] as const;

/** What the realm that ran the workload saw itself: at the end of phases and predictions, and whenever it made something. */
const pageSchema = z
  .object({
    atMs: times,
    /** Sizes of its Wasm memories. */
    wasmBytes: bytes,
    /** Tensors that were alive, as the framework counts them; between two rows only fewer. */
    tensorBytes: told,
    /** What it had made in the GPU's memory and not given back. */
    gpuBytes: told,
  })
  .refine(sameLength, 'columns differ in length');

/** `memory.json`: a run's memory, in a pass of its own, in a fresh browser. All times are ms from the beginning of the pass. */
export const memoryLogSchema = z.object({
  schema: z.literal('inferscope.memory/1'),
  /** Where the numbers come from, for people. */
  source: text,
  /** Time between two readings of processes and heaps, as asked for; a reading that takes longer delays the next. */
  intervalMs: z.number().positive(),
  /** The page's times are known no better than this on the clock of the others. */
  clockErrorMs: z.number().nonnegative(),
  /** As far as the run came. */
  phases: z.array(z.object({ phase: z.enum(memoryPhases), startMs: z.number(), endMs: z.number() })),
  /** Proportional set sizes: pages of memory that several processes share count for each in equal parts. Null where the system does not tell. */
  processes: z.object({ atMs: times, pageBytes: told, gpuBytes: told }).refine(sameLength, 'columns differ in length').nullable(),
  /** Sums over the JavaScript heaps of the page and its workers. */
  heaps: z
    .object({
      atMs: times,
      /** Objects. */
      usedBytes: bytes,
      /** What V8 holds for them. */
      totalBytes: bytes,
      /** Array buffers, outside of the heaps. */
      arrayBufferBytes: bytes,
    })
    .refine(sameLength, 'columns differ in length'),
  page: pageSchema,
});

export type MemoryPhaseId = (typeof memoryPhases)[number];
export type PageMemory = z.infer<typeof pageSchema>;
export type MemoryLog = z.infer<typeof memoryLogSchema>;

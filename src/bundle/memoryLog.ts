import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const text = z.string().max(4096);
const times = z.array(z.number());
const bytes = z.array(z.number().nonnegative());
/** Null if the number was unknown at that moment, or always is. */
const nullableNumbers = z.array(z.number().nonnegative().nullable());

/** The phases of the pass, in their order. */
export const memoryPhases = ['blank', 'load', 'setup', 'warm-up', 'prediction', 'dispose', 'after'] as const;

/** The view of the realm that ran the workload: at the end of phases and predictions, and after each allocation. */
const pageSchema = z
  .object({
    atMs: times,
    /** Sizes of its Wasm memories. */
    wasmBytes: bytes,
    /** Live tensors by the framework's count; between two rows it only falls. */
    tensorBytes: nullableNumbers,
    /** GPU memory that it had allocated and not freed. */
    gpuBytes: nullableNumbers,
  })
  .refine(sameLength, 'columns differ in length');

/** `memory.json`: a run's memory, from a separate pass in a fresh browser. All times are ms since the start of the pass. */
export const memoryLogSchema = z.object({
  schema: z.literal('inferscope.memory/1'),
  /** The source of the numbers, for readers. */
  source: text,
  /** Requested time between two readings of processes and heaps. A reading that takes longer delays the next. */
  intervalMs: z.number().positive(),
  /** Uncertainty of the page's times on the clock of the others. */
  clockErrorMs: z.number().nonnegative(),
  /** The phases that the run reached. */
  phases: z.array(z.object({ phase: z.enum(memoryPhases), startMs: z.number(), endMs: z.number() })),
  /**
   * Proportional set sizes: shared memory pages count in equal parts for each process. Null if the system does not report them.
   */
  processes: z
    .object({ atMs: times, pageBytes: nullableNumbers, gpuBytes: nullableNumbers })
    .refine(sameLength, 'columns differ in length')
    .nullable(),
  /** Sums over the JavaScript heaps of the page and its workers. */
  heaps: z
    .object({
      atMs: times,
      /** Size of the objects. */
      usedBytes: bytes,
      /** What V8 has reserved for them. */
      totalBytes: bytes,
      /** Array buffers, which are outside the heaps. */
      arrayBufferBytes: bytes,
    })
    .refine(sameLength, 'columns differ in length'),
  page: pageSchema,
});

export type MemoryPhaseId = (typeof memoryPhases)[number];
export type PageMemory = z.infer<typeof pageSchema>;
export type MemoryLog = z.infer<typeof memoryLogSchema>;

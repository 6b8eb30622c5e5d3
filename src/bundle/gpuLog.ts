import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const text = z.string().max(4096);
const column = z.array(z.number());

/** One realm (the page or a worker) that used a GPU API. Its times are ms of its own `performance.now()`. */
const realmSchema = z.object({
  /**
   * A user timing of this realm in the trace, and its time here: it relates the realm's clock to the trace's. The clock has steps
   * of `stepMs`.
   */
  clock: z.object({ mark: text, atMs: z.number(), stepMs: z.number().nonnegative() }),
  adapters: z.array(
    z.object({
      api: z.enum(['webgpu', 'webgl']),
      vendor: text,
      /** WebGPU's name of the family; empty in WebGL. */
      architecture: text,
      /** From the API: WebGL's unmasked renderer, or WebGPU's description. */
      description: text,
      /** Whether WebGPU calls it a fallback adapter, which is no hardware; null in WebGL, which does not say. */
      fallback: z.boolean().nullable(),
      /** How passes are timed: by timestamp queries, by timer queries, or not at all. */
      timing: z.enum(['timestamps', 'elapsed', 'none']),
    }),
  ),
  /** What the page asked for before it could use the GPU, and what it got. Absent if it was not recorded. */
  asked: z
    .array(
      z.object({
        what: z.enum(['adapter', 'device', 'webgl', 'webgl2']),
        count: z.number().int().nonnegative(),
        /** Answered with null, and with an error. */
        refused: z.number().int().nonnegative(),
        failed: z.number().int().nonnegative(),
        /** The first error; empty if there was none. */
        reason: text,
      }),
    )
    .max(16)
    .optional(),
  /** Devices and contexts that were lost while the page used them. */
  losses: z.array(z.object({ api: z.enum(['webgpu', 'webgl']), atMs: z.number(), reason: text })),
  /** The first few errors of WebGPU's validation. */
  errors: z.array(text),
  /** Names of calls in the API: `queue.submit`, `readPixels`. */
  names: z.array(text),
  /** Call stacks as script positions, innermost first, one per line. */
  sites: z.array(text),
  /** Shaders, and the programs and pipelines made from them. Repeated sources are one entry. */
  programs: z.array(z.object({ label: text, characters: z.number().int() })),
  /** One row per call, in the order of start. -1: does not apply. */
  calls: z
    .object({
      /** Position in `names`. */
      name: column,
      atMs: column,
      /** Duration of the call itself. */
      tookMs: column,
      /** When its promise settled. */
      doneMs: column,
      /** Bytes moved; for allocating calls, bytes created (positive) or freed (negative). */
      bytes: column,
      /** Dispatches or draws since the previous row with a count. */
      count: column,
      /** Position in `sites`. */
      site: column,
      /** Position in `programs`. */
      program: column,
      /** Number of the WebGL context or WebGPU device, in the order of its first call. Absent in older logs. */
      context: column.optional(),
      /** Bytes of buffers and textures that were made and not freed yet, after the call. Absent if they were not counted. */
      heldBytes: column.optional(),
    })
    .refine(sameLength, 'columns differ in length'),
  /** One row per pass, or stretch of draws, that the device timed. */
  passes: z
    .object({
      /** Row of calls: the submission that contained it, or the call that ended the stretch. */
      call: column,
      /** On the device's clock, µs; -1 if only the duration is known. */
      startUs: column,
      durationUs: column,
    })
    .refine(sameLength, 'columns differ in length'),
  /** Calls and passes beyond the limits of the log. */
  dropped: z.number().int(),
});

/** `gpu.json`: the pages' GPU calls during the trace pass, and when the device executed them by its own clock. */
export const gpuLogSchema = z.object({ schema: z.literal('inferscope.gpu/1'), realms: z.array(realmSchema) });

export type GpuRealm = z.infer<typeof realmSchema>;

/** Whether a realm got to use the GPU, rather than only asked for it. */
export const usedGpu = ({ adapters, calls, errors }: GpuRealm): boolean =>
  adapters.length + calls.name.length + errors.length > 0;
export type GpuLog = z.infer<typeof gpuLogSchema>;

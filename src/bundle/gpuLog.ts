import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const text = z.string().max(4096);
const column = z.array(z.number());

/** One realm (the page or a worker) that used a GPU API. Its times are ms of its own `performance.now()`. */
const realmSchema = z.object({
  /** User timing that it left in the trace, and when: what its clock is known by on the trace's. It goes in steps of `stepMs`. */
  clock: z.object({ mark: text, atMs: z.number(), stepMs: z.number().nonnegative() }),
  adapters: z.array(
    z.object({
      api: z.enum(['webgpu', 'webgl']),
      vendor: text,
      /** WebGPU's name of the family; empty in WebGL. */
      architecture: text,
      /** As the API describes it: WebGL's unmasked renderer, WebGPU's description. */
      description: text,
      /** WebGPU's own word that this is no hardware; null in WebGL, which does not say. */
      fallback: z.boolean().nullable(),
      /** How passes are timed: by timestamp queries, by timer queries, or not at all. */
      timing: z.enum(['timestamps', 'elapsed', 'none']),
    }),
  ),
  /** Devices and contexts that were lost while the page used them. */
  losses: z.array(z.object({ api: z.enum(['webgpu', 'webgl']), atMs: z.number(), reason: text })),
  /** What WebGPU's validation complained of; the first few. */
  errors: z.array(text),
  /** Names of calls, as the API has them: `queue.submit`, `readPixels`. */
  names: z.array(text),
  /** Stacks of script positions, innermost first, a line each. */
  sites: z.array(text),
  /** Shaders and the programs and pipelines made of them; the same source twice is one. */
  programs: z.array(z.object({ label: text, characters: z.number().int() })),
  /** One row per call, in the order of their begin. -1: does not apply. */
  calls: z
    .object({
      /** Position in `names`. */
      name: column,
      atMs: column,
      /** How long the call itself took. */
      tookMs: column,
      /** When what it promised was there. */
      doneMs: column,
      /** Bytes moved, or made (positive) and given back (negative) by calls that allocate. */
      bytes: column,
      /** Dispatches or draws since the row before that has a count. */
      count: column,
      /** Position in `sites`. */
      site: column,
      /** Position in `programs`. */
      program: column,
    })
    .refine(sameLength, 'columns differ in length'),
  /** One row per pass, or stretch of draws, that the device timed. */
  passes: z
    .object({
      /** Row of calls: the submission that it was part of, or the call that ended the stretch. */
      call: column,
      /** On the device's clock, µs; -1 where only the length is known. */
      startUs: column,
      durationUs: column,
    })
    .refine(sameLength, 'columns differ in length'),
  /** Calls and passes beyond what is kept. */
  dropped: z.number().int(),
});

/** `gpu.json`: what pages asked of the GPU during the trace pass, and when by the device's own clock they got it. */
export const gpuLogSchema = z.object({ schema: z.literal('inferscope.gpu/1'), realms: z.array(realmSchema) });

export type GpuRealm = z.infer<typeof realmSchema>;
export type GpuLog = z.infer<typeof gpuLogSchema>;

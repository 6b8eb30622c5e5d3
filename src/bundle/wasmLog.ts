import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const text = z.string().max(4096);
const column = z.array(z.number());

/** One realm (a page, a frame or a worker) that instantiated Wasm. Its times are ms of its own `performance.now()`. */
const realmSchema = z.object({
  /**
   * A user timing of this realm in the trace, and its time here: it relates the realm's clock to the trace's. The clock has steps
   * of `stepMs`.
   */
  clock: z.object({ mark: text, atMs: z.number(), stepMs: z.number().nonnegative() }),
  /** Modules in the order of instantiation. */
  instances: z.array(
    z.object({
      /** Hash of the module's bytes; null if they came from a realm that was not hooked. */
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
      /** When it was requested, and how long it took. */
      atMs: z.number(),
      tookMs: z.number(),
    }),
  ),
  /** Names of exports in the module. */
  names: z.array(text),
  /**
   * Number of calls shorter than 0.1 ms, per name. They are only counted, which loses nothing. Absent if they were not counted.
   */
  shortOf: z.array(z.number().int().nonnegative()).optional(),
  /**
   * Of a runtime that is known: what calls of an export are for, per name; null where that is not known. Absent if nothing is
   * known.
   */
  roles: z.array(z.enum(['create', 'run', 'release']).nullable()).optional(),
  /** One row per outermost call of an export, in the order of start. Wasm's calls to itself through JavaScript are part of it. */
  calls: z
    .object({
      /** Position in `instances`; -1 if the instance came from elsewhere, or exceeds the limit. */
      instance: column,
      /** Position in `names`. */
      name: column,
      atMs: column,
      /** Duration of the call itself. */
      tookMs: column,
      /** When its promise settled; -1 if it returned none. */
      doneMs: column,
      /** Size of the instance's memory after the call; -1 if it has none that is known. Absent if it was not recorded. */
      memoryBytes: column.optional(),
    })
    .refine(sameLength, 'columns differ in length'),
  /** Calls beyond the limit of the log. If there are any, the log is truncated. */
  dropped: z.number().int(),
});

/** `wasm.json`: when watched pages called into Wasm. */
export const wasmLogSchema = z.object({ schema: z.literal('inferscope.wasm/1'), realms: z.array(realmSchema) });

export type WasmRealm = z.infer<typeof realmSchema>;
export type WasmLog = z.infer<typeof wasmLogSchema>;

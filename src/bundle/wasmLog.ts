import { z } from 'zod';
import { sameLength } from './schemaParts.js';

const text = z.string().max(4096);
const column = z.array(z.number());

/** One realm (a page, a frame or a worker) that instantiated Wasm. Its times are ms of its own `performance.now()`. */
const realmSchema = z.object({
  /** User timing that it left in the trace, and when: what its clock is known by on the trace's. It goes in steps of `stepMs`. */
  clock: z.object({ mark: text, atMs: z.number(), stepMs: z.number().nonnegative() }),
  /** Modules that it instantiated, in the order in which it did. */
  instances: z.array(
    z.object({
      /** Of the module's bytes; null where the bytes came from a realm that was not hooked. */
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
      /** When it was asked for, and how long until it was there. */
      atMs: z.number(),
      tookMs: z.number(),
    }),
  ),
  /** Names of exports, as the module has them. */
  names: z.array(text),
  /** Per name, its calls of less than 0.1 ms, which are only counted: nothing is lost with them. Missing where they were not counted. */
  shortOf: z.array(z.number().int().nonnegative()).optional(),
  /** One row per outermost call of an export, in the order of their begin: calls that Wasm makes to itself through JavaScript are part of it. */
  calls: z
    .object({
      /** Position in `instances`; -1 where the instance came from elsewhere, or beyond what is kept. */
      instance: column,
      /** Position in `names`. */
      name: column,
      atMs: column,
      /** How long the call itself took. */
      tookMs: column,
      /** When the promise that it returned was settled; -1 where it returned none. */
      doneMs: column,
    })
    .refine(sameLength, 'columns differ in length'),
  /** Calls beyond what is kept: with any of them the log is cut. */
  dropped: z.number().int(),
});

/** `wasm.json`: when pages that were watched called into Wasm. */
export const wasmLogSchema = z.object({ schema: z.literal('inferscope.wasm/1'), realms: z.array(realmSchema) });

export type WasmRealm = z.infer<typeof realmSchema>;
export type WasmLog = z.infer<typeof wasmLogSchema>;

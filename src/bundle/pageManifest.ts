import { z } from 'zod';
import { askedSchema } from './asked.js';
import { browserSchema, collectorsSchema, machineSchema, moduleSchema, recordedHead, text, traceSchema } from './schemaParts.js';

const finite = z.number();

/**
 * `run.json` of a page that was watched, not driven: its model is unknown, and there is one pass.
 * Times are ms, or µs on the trace clock if the name ends in Us.
 */
export const pageManifestSchema = z.object({
  schema: z.literal('inferscope.page/1'),
  ...recordedHead,
  asked: askedSchema.default([]),
  page: z.object({
    /** URL and title when recording began; for a launched page, the title at the end. Both are the page's own text. */
    url: text,
    title: text,
    /** Whether the tool launched a browser for the page, or attached to an open one. */
    opened: z.enum(['launched', 'attached']),
    /** Whether the page was recorded from its first line, with the hooks: launched, or attached and reloaded. */
    fromStart: z.boolean(),
    /** Name of the user timing that is the inference, as given by the user. */
    mark: text.nullable(),
    /**
     * Latencies of inferences before the recording, ms: from the measures named by `mark` that the page still held. Empty if
     * there were none.
     */
    unrecordedMs: z.array(finite.nonnegative()).default([]),
    /** What was to end the recording, as a sentence without its final period, e.g. "after 10 s". */
    until: text,
    /** What ended it, as such a sentence. Null during the recording. */
    ended: text.nullable(),
    /** Sentences that tell the user about the state of the page. */
    notes: z.array(text),
  }),
  /**
   * Start and end of the recording on the trace clock; null if Node's clock is not the trace's, or the browser is on another
   * machine.
   */
  recorded: z.object({ startUs: finite, endUs: finite }).nullable(),
  /** The machine of the collector; null if the browser may be on another, as behind a forwarded port. */
  machine: machineSchema.nullable(),
  /** For an attached browser, it is unknown how it was started. */
  browser: browserSchema
    .extend({ executable: text.nullable(), headless: z.boolean().nullable(), sandboxed: z.boolean().nullable() })
    .nullable(),
  trace: traceSchema.nullable(),
  modules: z.array(moduleSchema),
  /** The model's native run after the recording, if the user named the model. Its inputs are random, not the page's. */
  baseline: z
    .object({
      model: text,
      sha256: text,
      threads: z.number().int().positive(),
      seed: z.number().int(),
      /** Latencies; the rounds of one replicate come from one process. */
      rounds: z.array(z.object({ replicate: z.number().int().nonnegative(), ms: z.array(finite.nonnegative()) })),
    })
    .nullable()
    .default(null),
  /** Workers that the page made, and frames of other sites, which have processes of their own; null if they were not counted. */
  realms: z
    .array(
      z.object({
        /** Shared and service workers are those at the end, of the page's origin. */
        kind: z.enum(['dedicated', 'shared', 'service', 'frame']),
        /** The script's or the document's; of what the page made itself only `blob:` and the origin, or `data:`. */
        url: text,
        count: z.number().int().positive(),
      }),
    )
    .nullable()
    .default(null),
  /** The page's document at the end of the recording, as it said itself; null if it did not answer. */
  state: z
    .object({
      crossOriginIsolated: z.boolean().nullable(),
      /** Logical processors that scripts are told of. */
      hardwareConcurrency: z.number().int().positive().nullable(),
      /** Whether it is a secure context, and has `navigator.gpu`; absent in older bundles. */
      secureContext: z.boolean().optional(),
      webgpu: z.boolean().optional(),
      /** Policies in force by the headers Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy, in the browser's words. */
      openerPolicy: text.nullable(),
      embedderPolicy: text.nullable(),
      /** What the document reported, in order; equal ones once. */
      messages: z.array(
        z.object({
          /** Of the console, an exception that nobody caught, or a request that failed. */
          kind: z.enum(['error', 'warning', 'exception', 'request']),
          text,
          url: text,
          /** 1-based; null if unknown. */
          line: z.number().int().nullable(),
          count: z.number().int().positive(),
        }),
      ),
    })
    .nullable()
    .default(null),
  collectors: collectorsSchema,
});

export type PageManifest = z.infer<typeof pageManifestSchema>;

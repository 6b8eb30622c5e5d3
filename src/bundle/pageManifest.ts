import { z } from 'zod';
import { browserSchema, collectorsSchema, machineSchema, moduleSchema, traceSchema } from './schemaParts.js';

const finite = z.number();
const text = z.string().max(65536);

/**
 * `run.json` of a page that was watched, not driven: nothing is known of its model, and there is one pass.
 * Times are ms, or µs on the trace clock where the name ends in Us.
 */
export const pageManifestSchema = z.object({
  schema: z.literal('inferscope.page/1'),
  toolVersion: text,
  id: text.regex(/^[\w-]+$/),
  startedAt: z.iso.datetime(),
  /** `recording` is what a killed collector leaves behind: it means incomplete. */
  status: z.enum(['recording', 'complete', 'incomplete']),
  /** Why it is incomplete. */
  reason: text.nullable(),
  page: z.object({
    /** As it was when recording began, and its title, of a page that was launched as it was at the end; both are the page's own words. */
    url: text,
    title: text,
    /** Whether the tool opened the page in a browser of its own, or found it open in one that runs. */
    opened: z.enum(['launched', 'attached']),
    /** Whether the page was recorded from its first line on, with the hooks: launched, or attached and loaded anew. */
    fromStart: z.boolean(),
    /** Name of the user timing that is the inference, as the user gave it. */
    mark: text.nullable(),
    /** How long inferences took before anything was recorded, ms: measures named by `mark` that the page still had then. Empty where there were none. */
    unrecordedMs: z.array(finite.nonnegative()).default([]),
    /** What recording was to end with, as a sentence without its point, e.g. "after 10 s". */
    until: text,
    /** What ended it, as such a sentence. Null while it is recorded. */
    ended: text.nullable(),
    /** What the user should know of the state that the page was in, as sentences. */
    notes: z.array(text),
  }),
  /** When the recording began and ended, on the trace clock; null where Node's clock is not the trace's, or the browser is elsewhere. */
  recorded: z.object({ startUs: finite, endUs: finite }).nullable(),
  /** The machine of the collector; null where the browser may be on another, as behind a forwarded port. */
  machine: machineSchema.nullable(),
  /** Of a browser that was found open it is not known how it was started. */
  browser: browserSchema
    .extend({ executable: text.nullable(), headless: z.boolean().nullable(), sandboxed: z.boolean().nullable() })
    .nullable(),
  trace: traceSchema.nullable(),
  modules: z.array(moduleSchema),
  /** The model as it ran natively after the recording, where the user named it: with inputs that were drawn, not the page's own. */
  baseline: z
    .object({
      model: text,
      sha256: text,
      threads: z.number().int().positive(),
      seed: z.number().int(),
      /** Latencies; rounds of one replicate are of one process. */
      rounds: z.array(z.object({ replicate: z.number().int().nonnegative(), ms: z.array(finite.nonnegative()) })),
    })
    .nullable()
    .default(null),
  collectors: collectorsSchema,
});

export type PageManifest = z.infer<typeof pageManifestSchema>;

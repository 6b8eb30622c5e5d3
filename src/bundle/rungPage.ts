import { z } from 'zod';
import { text } from './schemaParts.js';

/** What a rung may do differently with the session that the framework makes of the model. */
const SESSION_CHANGES = [
  /** It is created for each prediction, and released after it. */
  'anew',
  /** Outputs are computed and left where they are, such as in buffers of the GPU. */
  'outputs-left',
  /** The model's free dimensions are told to the session as it is created. */
  'fixed-shapes',
  /** The work of the first prediction is recorded and replayed. */
  'captured-graph',
] as const;

export type SessionChange = (typeof SESSION_CHANGES)[number];

/**
 * The page that a rung opens, as far as it may differ from the page as used: one record, so that serving it, telling it from others
 * and writing it down need no case for each thing that can be changed. Meaningless for native rungs.
 */
export const rungPageSchema = z
  .object({
    /** Whether it is cross-origin isolated. */
    isolated: z.boolean().default(true),
    /** The framework's modules as they are published, or with their multiply-adds fused. */
    modules: z.enum(['shipped', 'fused']).default('shipped'),
    /** Another of the framework's builds, by its id; null: the usual one. */
    build: text.nullable().default(null),
    /** Another framework that runs another file of the same network, by its id; null: that of the run. */
    framework: text.nullable().default(null),
    session: z.array(z.enum(SESSION_CHANGES)).readonly().default([]),
  })
  .readonly();

export type RungPage = z.infer<typeof rungPageSchema>;

/** The page of a run that changes nothing. */
export const PLAIN_PAGE: RungPage = rungPageSchema.parse({});

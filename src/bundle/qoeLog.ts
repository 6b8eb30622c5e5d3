import { z } from 'zod';
import { type QoeCondition, qoeConditions, usualConditions } from './qoeConditions.js';

/** What a user does with the page. */
export const operationKinds = ['add', 'toggle', 'remove'] as const;

const ms = z.number().nonnegative();
const count = z.number().int().nonnegative();

const roundSchema = z.object({
  /** Rounds of one number were made one after the other, in random order. */
  round: count,
  condition: z.enum(qoeConditions),
  seconds: z.number().positive(),
  /** Latencies of the inferences, in order. Their times stand in the trace. */
  inferencesMs: z.array(ms),
  /** What was sent to the page as real input, one after the other. */
  operations: z.array(z.enum(operationKinds)),
  /** Time of the same operations as scripts make them: handlers, and a task after them in which the layout is made. */
  scriptedMs: z.array(ms),
  /** Calls of requestAnimationFrame. */
  animationFrames: count,
  /** Null if the page has no video. */
  video: z
    .object({
      /** Frames that the page was told of one by one, and those that were shown. */
      callbacks: count,
      presented: count,
      /** By the video’s own count: frames that were to be shown, and those of them that were dropped. */
      total: count,
      dropped: count,
    })
    .nullable(),
});

/** Name of a round’s folder in `qoe/`. */
export const roundFolder = ({ round, condition }: { readonly round: number; readonly condition: QoeCondition }): string =>
  `${round}-${condition}`;

/** `qoe.json`: a page that is used while inference runs beside it, in rounds of all conditions. Each round has a folder in `qoe/`. */
export const qoeLogSchema = z.object({
  schema: z.literal('inferscope.qoe/1'),
  seed: z.number().int(),
  /** How much of the time inference was to take. Null if a rate was asked for. */
  duty: z.number().positive().max(1).nullable(),
  /** Inferences to begin each second. Null if a duty cycle was asked for. */
  ratePerSecond: z.number().positive().nullable(),
  /** Rounds of each condition that were to be made; null of older bundles. The log of a run that was stopped has fewer. */
  roundsAsked: count.nullable().default(null),
  /** Conditions that took turns; older bundles have the usual ones. */
  conditions: z
    .array(z.enum(qoeConditions))
    .max(qoeConditions.length)
    .default([...usualConditions]),
  /** How the browser puts its frames together, in its own words ("enabled", "disabled_software"); null if it does not say. */
  gpuCompositing: z.string().max(100).nullable().default(null),
  /** What draws where the browser uses a GPU, in its own words; null if it does not say. Untrusted text. */
  renderer: z.string().max(300).nullable().default(null),
  /** Why the page has no video; null if it has one. */
  noVideo: z.string().max(1000).nullable(),
  rounds: z
    .array(roundSchema)
    .max(1000)
    // Each has one folder: one that is named twice would count as two independent rounds.
    .refine((rounds) => new Set(rounds.map(roundFolder)).size === rounds.length, 'a round is named twice'),
});

export type QoeLog = z.infer<typeof qoeLogSchema>;
export type QoeRoundLog = QoeLog['rounds'][number];

/** Name of the user-timing measure of a round, in the page’s main thread. */
export const roundMeasure = (runId: string): string => `inferscope:${runId}:qoe`;

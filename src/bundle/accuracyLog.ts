import { z } from 'zod';
import { LINE_COUNT, WAY_PX } from '../detection/scene.js';
import { sameLength } from './schemaParts.js';

/** Far more than there are in the pass. */
const MOST_ROWS = 20_000;
const MOST_FRAMES = 2000;
const MOST_ROUNDS = 64;

const sizePx = z.number().positive().max(1000);
const index = z.number().int().nonnegative().max(MOST_ROWS);
const times = z.array(z.number().nonnegative().max(1e7)).max(MOST_FRAMES);
const coordinates = z.array(z.number().min(-1e5).max(1e5)).max(MOST_ROWS);

/** Detections, one a row. */
export const foundSchema = z
  .object({
    /** Number of the picture. */
    picture: z.array(index).max(MOST_ROWS),
    left: coordinates,
    top: coordinates,
    right: coordinates,
    bottom: coordinates,
    score: z.array(z.number().min(0).max(1)).max(MOST_ROWS),
  })
  .refine(sameLength, 'columns differ in length');

export const lineSizesSchema = z
  .array(z.object({ widthPx: sizePx, ascentPx: sizePx, descentPx: z.number().nonnegative().max(1000) }))
  .length(LINE_COUNT);

/** What a page showed while the scene moved. Times are ms since the round began. */
export const liveSchema = z.object({
  /** The pictures that were taken, in order, and when their results were there. */
  results: z
    .object({
      /** Number of the frame that the picture shows. */
      frame: z.array(index).max(MOST_FRAMES),
      takenMs: times,
      readyMs: times,
    })
    .refine(sameLength, 'columns differ in length'),
  /** All frames, those too that the page did not draw: its viewer went on seeing the last one. */
  frames: z
    .object({
      /** When it was drawn, or would have been. */
      atMs: times,
      drawn: z.array(z.boolean()).max(MOST_FRAMES),
      /** Row in `results` of the result that was shown; null before the first. */
      result: z.array(index.nullable()).max(MOST_FRAMES),
    })
    .refine(sameLength, 'columns differ in length'),
  /** By row in `results`. */
  found: foundSchema,
});

/**
 * `accuracy.json`: what a text detector found in a scene whose labels are exact, in pictures that stood still and while the scene moved.
 * See src/detection/scene.ts for the scene.
 */
export const accuracyLogSchema = z.object({
  schema: z.literal('inferscope.accuracy/1'),
  scene: z.object({ version: z.number().int(), lines: lineSizesSchema }),
  /** Detections in pictures that show the lines all along their way; picture i after i · stepPx of it. */
  still: z.object({
    stepPx: z
      .number()
      .int()
      .positive()
      .refine((step) => WAY_PX % step === 0, 'does not divide the way of the lines'),
    found: foundSchema,
  }),
  /** What was made to its end, in that order. */
  rounds: z
    .array(
      liveSchema.extend({
        /** What has the same number was made one after the other, with a fresh page for each place where the model ran. Older bundles have one. */
        round: z.number().int().nonnegative().max(MOST_ROUNDS).default(0),
        on: z.enum(['main', 'worker']),
        speedPxPerS: z.number().positive().max(10_000),
      }),
    )
    .max(MOST_ROUNDS)
    // A second one of the same page and speed would count as an independent page.
    .refine(
      (rounds) => new Set(rounds.map(({ round, on, speedPxPerS }) => `${round} ${on} ${speedPxPerS}`)).size === rounds.length,
      'a round is named twice',
    ),
});

export type LiveLog = z.infer<typeof liveSchema>;
export type AccuracyLog = z.infer<typeof accuracyLogSchema>;

import { z } from 'zod';
import { MOST_FRAMES } from '../detection/cocoLabels.js';
import { sameLength, text } from './schemaParts.js';

/** What one round may hold, and all labels together. */
const MOST_ROWS = 500_000;
const MOST_ROUNDS = 200;

const index = z.number().int().nonnegative().max(MOST_ROWS);
const frame = z.number().int().nonnegative().max(MOST_FRAMES);
const frames = z.array(frame).max(MOST_FRAMES);
const times = z.array(z.number().min(-1e4).max(1e8)).max(MOST_FRAMES);
const category = z.number().int().nonnegative();
const coordinates = z.array(z.number()).max(MOST_ROWS);
const count = z.number().int().nonnegative();

const boxes = { left: coordinates, top: coordinates, right: coordinates, bottom: coordinates };

/** Detections, one a row, in pixels of the video. Of a classifier the box is the whole picture. */
const found = {
  /** Number of the picture. */
  picture: z.array(index).max(MOST_ROWS),
  ...boxes,
  score: z.array(z.number().min(0).max(1)).max(MOST_ROWS),
};

/** What a page found, by the model’s classes. */
export const classifiedSchema = z
  .object({ ...found, classIndex: z.array(z.number().int().nonnegative()).max(MOST_ROWS) })
  .refine(sameLength, 'columns differ in length');

/** The same by categories of the labels; null for a class that is none of them. */
const foundSchema = z
  .object({ ...found, category: z.array(category.nullable()).max(MOST_ROWS) })
  .refine(sameLength, 'columns differ in length');

/** What a page showed while the video played. Times are ms since the round began. */
export const playedSchema = z.object({
  /** Frames that the page was told of, in order, and when they were shown. Its viewer may have seen others between them. */
  shown: z.object({ frame: frames, atMs: times }).refine(sameLength, 'columns differ in length'),
  /** The pictures that were taken, in order, and when their results were there and drawn. */
  results: z.object({ frame: frames, takenMs: times, readyMs: times }).refine(sameLength, 'columns differ in length'),
  /** By the video’s own count: frames that were to be shown, and those of them that were dropped. */
  playback: z.object({ total: count, dropped: count }),
});

/**
 * `video.json`: what a model found in a video whose labels its user gave, in frames that stood still and while it played. Frames are numbered
 * from 0.
 */
export const videoLogSchema = z
  .object({
    schema: z.literal('inferscope.video/1'),
    /** Names of the files without their folders. */
    file: text,
    labelsFile: text,
    what: z.enum(['text-lines', 'boxes', 'class']),
    size: z.object({ width: count.positive(), height: count.positive() }),
    /** When each frame is due, ms. */
    timesMs: times.min(1),
    /** What is played: from the first labelled frame to the last one, or as much of that as there was time for. */
    stretch: z.object({ first: frame, last: frame }),
    /** How the labels say which frame they are of. */
    numberedBy: z.enum(['frame_index', 'id']),
    categories: z.array(z.object({ id: category, name: z.string().max(1000) })).max(10_000),
    /** Frames whose labels are known, those too that have none. */
    labelledFrames: frames,
    /** One a row. */
    labels: z
      .object({ frame: z.array(frame).max(MOST_ROWS), category: z.array(category).max(MOST_ROWS), ...boxes })
      .refine(sameLength, 'columns differ in length'),
    /** Frames that stood still, which the video was set to. Picture i of `found` is `frames[i]`. */
    still: z.object({
      /** Of the labelled frames every so manieth was looked at. */
      every: z.number().int().positive().max(MOST_FRAMES),
      frames,
      /** Frames that the video could not be set to. */
      unreached: frames,
      found: foundSchema,
    }),
    /** What was made to its end, in that order. */
    rounds: z
      .array(
        playedSchema.extend({
          /** What has the same number was made one after the other, with a fresh page for each place where the model ran. */
          round: z.number().int().nonnegative().max(MOST_ROUNDS),
          on: z.enum(['main', 'worker']),
          /** Picture i is `results.frame[i]`. */
          found: foundSchema,
        }),
      )
      .max(MOST_ROUNDS)
      // A second one of the same page would count as an independent page.
      .refine((all) => new Set(all.map(({ round, on }) => `${round} ${on}`)).size === all.length, 'a round is named twice'),
  })
  .refine(
    ({ stretch, timesMs }) => stretch.first <= stretch.last && stretch.last < timesMs.length,
    'no such stretch of the video',
  )
  .refine(({ timesMs }) => timesMs.every((ms, i) => i === 0 || ms > timesMs[i - 1]!), 'frames are not in order');

export type ClassifiedColumns = z.infer<typeof classifiedSchema>;
export type FoundInVideo = z.infer<typeof foundSchema>;
export type PlayedLog = z.infer<typeof playedSchema>;
export type VideoLog = z.infer<typeof videoLogSchema>;

import { z } from 'zod';
import { durationMs } from '../durationMs.js';
import { frameworkIds } from '../frameworks.js';
import { PASS_NAMES } from '../passes.js';

/** A study that cannot begin or continue. The message names the file, what is wrong and what to do. */
export class StudyError extends Error {
  override readonly name = 'StudyError';
}

/** The error of each schema says what the value must be; it follows the words "is to be". */
const wholeNumber = (from: number, to: number, error: string) => z.int({ error }).min(from, { error }).max(to, { error });
const text = (error: string) => z.string({ error }).trim().min(1, { error }).max(4096, { error });

/** A single value may replace a list of one. */
const listOf = <T extends z.ZodType>(item: T, error: string) =>
  z.preprocess(
    (value) => (Array.isArray(value) || value === undefined ? value : [value]),
    z.array(item, { error }).min(1, { error: 'a list of at least one' }).max(100, { error: 'a list of no more than 100' }),
  );
/** "a, b or c" */
const anyOf = new Intl.ListFormat('en-GB', { type: 'disjunction' });

const oneOrMore = <const T extends readonly string[]>(names: T, error = anyOf.format(names)) =>
  listOf(z.enum(names, { error }), error);

const aModel = 'a model that "trace models" lists, or the path of an .onnx or .tflite file or a TF.js model.json';
const aThreadCount = 'a whole number from 1 to 256, or "all" for all cores';
const threadCount = z.union([wholeNumber(1, 256, aThreadCount), z.literal('all')], { error: aThreadCount });

/** The runs are the product of its lists. */
const blockSchema = z.strictObject(
  {
    /** Names of the registry, or paths relative to the study file. */
    models: listOf(text(aModel), aModel),
    frameworks: oneOrMore(frameworkIds).default(['ort']),
    backends: oneOrMore(['wasm', 'webgl', 'webgpu']).default(['wasm']),
    /** Null: ONNX Runtime's own default. */
    threads: listOf(threadCount, aThreadCount).nullable().default(null),
    simd: oneOrMore(['on', 'off']).default(['on']),
    on: oneOrMore(['worker', 'main']).default(['worker']),
  },
  { error: 'a block with "models", and what else is to be crossed with them' },
);

/** A timer with a longer delay fires at once. */
const LONGEST_MS = 24 * 3_600_000;
const limitSchema = z
  .string({ error: 'a duration like 90s, 5m or 1h' })
  .refine((given) => durationMs(given) !== null, { error: 'a duration like 90s, 5m or 1h', abort: true })
  .transform((given) => durationMs(given)!)
  .refine((ms) => ms <= LONGEST_MS, { error: 'a duration of no more than 24h' });

const dimensions = z.array(wholeNumber(1, 2 ** 31, 'a dimension, 1 or more'), {
  error: 'a list of dimensions, like [1, 3, 224, 224]',
});
const inputs = z.record(z.string(), dimensions, { error: 'inputs and their shapes, like "x: [1, 3, 224, 224]"' });

/** The contents of a study file, with defaults filled in. */
export const planSchema = z.strictObject(
  {
    /** Part of the default folder's name. */
    name: z
      .string({ error: 'a name in lower case, digits and hyphens' })
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'a name in lower case, digits and hyphens' }),
    description: z.string({ error: 'text' }).trim().max(65536, { error: 'shorter text' }).default(''),
    /** Seed of the order of runs, and of the inputs. */
    seed: wholeNumber(-(2 ** 31), 2 ** 31, 'a whole number').default(1),
    rounds: wholeNumber(1, 1000, 'a whole number from 1 to 1000').default(3),
    /** Predictions in each pass of a run; null: as many as its time allows. */
    iterations: wholeNumber(1, 100_000, 'a whole number from 1 on').nullable().default(null),
    /** Passes of a run in the first round; in later rounds predictions are only timed. */
    passes: oneOrMore(PASS_NAMES, `passes, timing among them: ${PASS_NAMES.join(', ')}`)
      .refine((passes) => passes.includes('timing'), { error: 'a list with timing in it, as a study compares times' })
      .default([...PASS_NAMES]),
    /** Whether a run of the first round also uses a page while inference runs. It takes some four minutes. */
    qoe: z.boolean({ error: 'true or false' }).default(false),
    /** Longest duration of one run, ms. */
    limit: limitSchema.default(5 * 60_000),
    runs: z
      .array(blockSchema, { error: 'a list of blocks, each with "models"' })
      .min(1, { error: 'a list of at least one block' })
      .max(100, { error: 'a list of no more than 100 blocks' }),
    /** Input shapes of a user's own models, by the model's name in `runs`. */
    shapes: z.record(z.string(), inputs, { error: 'models, each with its inputs and their shapes' }).default({}),
  },
  { error: 'a study, beginning with "name:"' },
);

export type StudyPlan = z.infer<typeof planSchema>;

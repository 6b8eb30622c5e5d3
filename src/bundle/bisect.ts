import { z } from 'zod';
import { COMPARED_RUNGS } from '../stats/buildRatio.js';
import { outputCheckSchema, tensorSpecSchema } from './manifest.js';
import { machineSchema, text } from './schemaParts.js';

/** Names of builds are also names of folders. */
export const buildName = text.regex(/^\w[\w.+-]{0,99}$/);

const comparisonSchema = z.object({
  version: buildName,
  /** The build that it is compared with. */
  against: buildName,
  /**
   * In a replicate every build has a fresh browser, the reference two. In a round each runs once, in random order. Latencies in ms.
   */
  replicates: z.array(
    z.object({
      rounds: z.array(z.array(z.object({ rung: z.enum(COMPARED_RUNGS), ms: z.array(z.number().positive()).min(1) }))).min(1),
    }),
  ),
  /** Its outputs beside those of the reference; null before they were compared. */
  outputs: outputCheckSchema.nullable(),
  tookMs: z.number().nonnegative(),
  /** The budget that it used up, or did not need; null: it was interrupted, and goes on. */
  budgetMs: z.number().positive().nullable(),
});

/** `bisect.json`: builds of a framework from a good one to a bad one, how they compared, and which of them were recorded. */
export const bisectSchema = z
  .object({
    schema: z.literal('inferscope.bisect/1'),
    toolVersion: text,
    startedAt: z.iso.datetime(),
    /** What is run. Another model or setting is another search. */
    plan: z.object({
      package: text,
      framework: text,
      backend: text,
      on: z.enum(['worker', 'main']),
      threads: z.number().int().positive(),
      /** Null if the framework or the backend has no such choice. */
      simd: z.boolean().nullable(),
      model: z.object({ name: text, title: text, sha256: text }),
      inputs: z.array(tensorSpecSchema),
      seed: z.number().int(),
      /** How much slower counts: 0.1 for 10 %. */
      limit: z.number().positive(),
      /** From the good one to the bad one. */
      builds: z.array(buildName).min(2),
      /** Whether they are published, and not folders that the user named. */
      published: z.boolean(),
    }),
    machine: machineSchema,
    /** The browser that measured: "Chrome/156.0"; null before the first comparison. */
    browser: text.nullable(),
    /** Builds that do not run, and why. */
    skipped: z.array(z.object({ version: buildName, reason: text })),
    comparisons: z.array(comparisonSchema),
    /** The builds that were recorded whole; each bundle is in `runs/<version>/`. */
    runs: z.array(
      z.object({ version: buildName, status: z.enum(['complete', 'incomplete', 'discarded']), reason: text.nullable() }),
    ),
  })
  .refine(
    ({ plan: { builds }, comparisons, skipped, runs }) =>
      new Set(builds).size === builds.length &&
      [...comparisons, ...skipped, ...runs].every(({ version }) => builds.includes(version)) &&
      comparisons.every(
        ({ against, replicates }) =>
          builds.includes(against) &&
          replicates.every(({ rounds }) =>
            rounds.every((round) => COMPARED_RUNGS.every((id) => round.some(({ rung }) => rung === id))),
          ),
      ),
    'names each build once, compares no build that it does not name, and has latencies of each that it compares',
  );

export type Bisect = z.infer<typeof bisectSchema>;
export type BuildComparison = Bisect['comparisons'][number];

/** Names of the files in the folder of a search. */
export const bisectFiles = { bisect: 'bisect.json', runs: 'runs', report: 'report.html' } as const;

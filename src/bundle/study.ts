import { z } from 'zod';
import { machineSchema } from './schemaParts.js';

const text = z.string().max(65536);
/** Names of cells are names of folders. */
const cellId = text.regex(/^[\w-]+(\.[\w-]+)*$/);

/** One combination of a study's factors, run once in every round. */
const cellSchema = z.object({
  /** Its factors, joined by points: `resnet50.ort.wasm.t2.simd.worker`. */
  id: cellId,
  model: text,
  framework: z.enum(['ort', 'tfjs']),
  backend: z.enum(['wasm', 'webgl', 'webgpu']),
  threads: z.number().int().positive(),
  /** Null where the framework or the backend leaves no choice. */
  simd: z.boolean().nullable(),
  on: z.enum(['worker', 'main']),
});

const runSchema = z.object({
  cell: cellId,
  round: z.number().int().nonnegative(),
  outcome: z.enum(['done', 'failed']),
  /** Why it failed, or what it lacks; null if neither. */
  reason: text.nullable(),
  startedAt: z.iso.datetime(),
  tookMs: z.number().nonnegative(),
});

/**
 * `study.json`: what a study is to run, in which order, and what it has run so far; each run's bundle is in `runs/<cell>/<round>/`.
 * It is rewritten whole after every run, so that an interruption costs no more than the run that it fell into.
 */
export const studySchema = z
  .object({
    schema: z.literal('inferscope.study/1'),
    toolVersion: text,
    name: text,
    description: text,
    startedAt: z.iso.datetime(),
    /** Of the study file's content: another content is another study. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    seed: z.number().int(),
    rounds: z.number().int().positive(),
    machine: machineSchema,
    cells: z.array(cellSchema),
    /** Combinations that the file names and nothing can run, such as TF.js on an ONNX file; never begun. */
    excluded: z.array(z.object({ cell: cellSchema, reason: text })),
    /** All runs that are to be, round by round, each round in an order of its own. */
    order: z.array(z.object({ cell: cellId, round: z.number().int().nonnegative() })),
    /** Those that ended, in the order in which they did. A cell that failed in its first round is not run in later ones. */
    runs: z.array(runSchema),
  })
  .refine(({ cells, order, runs }) => {
    const known = new Set(cells.map(({ id }) => id));
    return known.size === cells.length && [...order, ...runs].every(({ cell }) => known.has(cell));
  }, 'names each cell once, and no run of a cell that it does not name');

export type Study = z.infer<typeof studySchema>;
export type StudyCell = Study['cells'][number];
export type StudyRun = Study['runs'][number];

/** Names of the files in a study's folder. */
export const studyFiles = { study: 'study.json', runs: 'runs', report: 'report.html', tables: 'tables' } as const;

import { z } from 'zod';
import { machineSchema, text } from './schemaParts.js';

/** Names of cells are also names of folders. */
const cellId = text.regex(/^[\w-]+(\.[\w-]+)*$/);

/** One combination of a study's factors, run once in every round. */
const cellSchema = z.object({
  /** Its factors, joined by points: `resnet50.ort.wasm.t2.simd.worker`. */
  id: cellId,
  model: text,
  framework: z.enum(['ort', 'tfjs', 'litert']),
  backend: z.enum(['wasm', 'webgl', 'webgpu']),
  threads: z.number().int().positive(),
  /** Null if the framework or the backend has no such choice. */
  simd: z.boolean().nullable(),
  on: z.enum(['worker', 'main']),
});

const runSchema = z.object({
  cell: cellId,
  round: z.number().int().nonnegative(),
  outcome: z.enum(['done', 'failed']),
  /** Why it failed, or what is missing; null if neither. */
  reason: text.nullable(),
  startedAt: z.iso.datetime(),
  tookMs: z.number().nonnegative(),
});

/**
 * `study.json`: the planned runs of a study in order, and the finished ones; each run's bundle is in `runs/<cell>/<round>/`.
 * It is rewritten completely after every run, so an interruption loses only the current run.
 */
export const studySchema = z
  .object({
    schema: z.literal('inferscope.study/1'),
    toolVersion: text,
    name: text,
    description: text,
    startedAt: z.iso.datetime(),
    /** Hash of the study file's content: other content is another study. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    seed: z.number().int(),
    rounds: z.number().int().positive(),
    machine: machineSchema,
    cells: z.array(cellSchema),
    /** Combinations in the file that cannot run, such as TF.js on an ONNX file; they are never begun. */
    excluded: z.array(z.object({ cell: cellSchema, reason: text })),
    /** All planned runs, round by round, each round in its own order. */
    order: z.array(z.object({ cell: cellId, round: z.number().int().nonnegative() })),
    /** The finished runs, in the order of their end. A cell that failed in its first round is not run in later ones. */
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

import { z } from 'zod';
import { machineSchema, text } from './schemaParts.js';

const ms = z.number().nonnegative();
const bytes = z.number().nonnegative();
/** Names come from pages, models and modules: untrusted text. */
const timesSchema = z.array(z.object({ name: text, of: text.nullable(), ms }));

/** What one process of a side showed. Times are of one inference; null: not measured. */
export const processFiguresSchema = z.object({
  /** Median of the inferences that were timed; of a page, of those under the trace. */
  predictionMs: ms.nullable(),
  setupMs: ms.nullable(),
  warmupMs: ms.nullable(),
  /** Peak of what the page held. */
  memoryBytes: bytes.nullable(),
  /** Every traced window in order: its length, and its causes, which sum to it. Empty where there is no trace. */
  windows: z.array(z.object({ ms: ms.positive(), causesMs: z.record(text, ms) })),
  /** Functions by self time on all threads, and the cause that most of it counts for. */
  functions: timesSchema,
  /** Operators by name, and their type. */
  operators: timesSchema,
  /** Why the recording is no valid measurement. Empty: it is one. */
  faults: z.array(text),
});

export type ProcessFigures = z.infer<typeof processFiguresSchema>;

/** A limit on how much more b may take. */
export const limitSchema = z.object({
  /** `prediction`, `setup`, `warmup`, `memory`, or a cause. */
  figure: text,
  /** `ratio`: 0.05 for 5 % more. `ms`, `bytes`: so much more. */
  unit: z.enum(['ratio', 'ms', 'bytes']),
  atMost: z.number().positive(),
});

export type Limit = z.infer<typeof limitSchema>;

export const SIDES = ['a', 'b'] as const;
export type Side = (typeof SIDES)[number];

const sideSchema = z.object({
  /** What sentences call it. Untrusted text. */
  name: text,
  /** Options of `trace collect`, as the user gave them. */
  options: z.array(text),
  /** The model by its content, or the address of a page. */
  subject: text,
});

/** `compare.json`: two things that were recorded in turn, each time in a fresh process. */
export const compareSchema = z.object({
  schema: z.literal('inferscope.compare/1'),
  toolVersion: text,
  startedAt: z.iso.datetime(),
  /** What is compared, and in which order. With another plan it is another comparison. */
  plan: z.object({ a: sideSchema, b: sideSchema, seed: z.number().int() }),
  limits: z.array(limitSchema),
  machine: machineSchema,
  /** The browser of each side: "Chrome/156.0"; null before the first round. */
  browsers: z.object({ a: text.nullable(), b: text.nullable() }),
  /** Settings of each side as they were found, which differ or not. */
  settings: z.array(z.object({ what: text, a: text.nullable(), b: text.nullable() })),
  /** Rounds in which both were recorded, one process each. */
  rounds: z.array(
    z.object({
      /** Latencies, ms, of turns in which both ran right after each other; empty of pages, which run by themselves. */
      turns: z.array(z.object({ a: z.array(ms.positive()).min(1), b: z.array(ms.positive()).min(1) })),
      /** How many windows of each were traced in each turn; empty of pages. */
      tracedTurns: z.array(z.object({ a: z.number().int().positive(), b: z.number().int().positive() })),
      a: processFiguresSchema,
      b: processFiguresSchema,
    }),
  ),
  /** Why the rounds ended; null: they were interrupted, and go on. */
  ended: z.enum(['width', 'processes', 'budget']).nullable(),
  tookMs: ms,
});

export type Compare = z.infer<typeof compareSchema>;

/** Names of the files in the folder of a comparison. `runs/a` and `runs/b` are bundles of the last round. */
export const compareFiles = { compare: 'compare.json', runs: 'runs', report: 'report.html' } as const;

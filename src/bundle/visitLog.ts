import { z } from 'zod';
import { text } from './schemaParts.js';

const ms = z.number().nonnegative();
const count = z.number().int().nonnegative();

/** How a page comes by its Wasm: as it does by itself, or with the bytes handed over by a script. */
export const visitSeries = ['as-served', 'bytes'] as const;

export type VisitSeries = (typeof visitSeries)[number];

const visitSchema = z.object({
  series: z.enum(visitSeries).default('as-served'),
  /** From 1. Visits of one series were made in one profile, one after the other, each in a browser of its own. */
  number: z.number().int().positive(),
  /** Of a run of the harness, by the page's own clock; null of a watched page. */
  setupMs: ms.nullable(),
  warmupMs: ms.nullable(),
  /** Further predictions before the page rested. */
  predictions: count,
});

/** Name of a visit's trace in `visits/`. */
export const visitTrace = ({ series, number }: { readonly series: VisitSeries; readonly number: number }): string =>
  `${series}-${number}.trace.json.gz`;

/** `visits.json`: a page that is opened several times in one profile. Each visit has a trace in `visits/`. */
export const visitLogSchema = z.object({
  schema: z.literal('inferscope.visits/1'),
  visitsAsked: z.number().int().positive(),
  /** Time that a page was left open after its last inference, in which compiled code may be kept. */
  restMs: ms,
  /** Wasm builds of the framework as its installed package has them. */
  builds: z.array(z.object({ file: text, bytes: count })).max(100),
  visits: z
    .array(visitSchema)
    .max(100)
    .refine((visits) => new Set(visits.map(visitTrace)).size === visits.length, 'a visit is named twice'),
});

export type VisitLog = z.infer<typeof visitLogSchema>;
export type VisitEntry = VisitLog['visits'][number];

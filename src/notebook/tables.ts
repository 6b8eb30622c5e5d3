import { tableFromIPC } from '@uwdata/flechette';
import { type ColumnTable, fromArrow } from 'arquero';
import { type AnalysisTableName, analysisSchema } from '../../analyzers/tables/schema.js';
import type { TableSchema } from '../table/schema.js';
import { inertText } from '../text/inertText.js';
import { traceSchema } from '../trace/schema.js';
import type { TraceTableName } from '../trace/trace.js';
import { type Attachment, bytesOf } from './attachment.js';

/** Every documented table: those of a trace, and those that its analysis adds. `schema.slices.durationUs.doc` says what a column means. */
export const schema = { ...traceSchema, ...analysisSchema };

export type TableName = TraceTableName | AnalysisTableName;

/** Tables by their documented names, row for row as they were written. Columns are those of `schema`. */
export type Tables<Name extends string> = Readonly<Record<Name, ColumnTable>>;

/** Longest text in a cell. */
const TEXT_LIMIT = 2000;

/**
 * Reads tables from their Arrow files: `tables({ slices: FileAttachment("data/my-run/slices.arrow") })`. Names come from pages and
 * traces, so what is invisible in them is shown as an escape, as everywhere in Inferscope.
 * @param attachments files by the name of their table
 * @throws Error if a file is no Arrow file, or lacks a column of its table
 * https://idl.uw.edu/arquero/api/
 */
export async function tables<const Name extends string>(attachments: Readonly<Record<Name, Attachment>>): Promise<Tables<Name>> {
  const read = Object.entries<Attachment>(attachments).map(async ([name, attachment]) => [name, await tableOf(name, attachment)]);
  return Object.fromEntries(await Promise.all(read)) as Tables<Name>;
}

async function tableOf(name: string, attachment: Attachment): Promise<ColumnTable> {
  const bytes = await bytesOf(attachment);
  const arrow = await Promise.resolve()
    .then(() => tableFromIPC(bytes, { useDate: true }))
    .catch((error: Error) => {
      throw new Error(`The file of the table ${name} is no Arrow file: ${error.message}`);
    });
  const documented: TableSchema = Object.hasOwn(schema, name) ? schema[name as TableName] : {};
  const missing = Object.keys(documented).filter((column) => !arrow.schema.fields.some((field) => field.name === column));
  if (missing.length > 0) {
    throw new Error(`The table ${name} lacks ${missing.join(', ')}: another version wrote it. Run trace notebook again.`);
  }
  for (const column of arrow.children) {
    // Each distinct text once; cells refer to them.
    for (const { cache } of column.data as readonly { readonly cache?: unknown }[]) {
      if (Array.isArray(cache)) for (const [i, text] of cache.entries()) cache[i] = inert(text);
    }
  }
  // The two packages declare the same table in different words.
  return fromArrow(arrow as unknown as ArrowInput);
}

type ArrowInput = Parameters<typeof fromArrow>[0];

const inert = (text: unknown): unknown => (typeof text === 'string' ? inertText(text, TEXT_LIMIT) : text);

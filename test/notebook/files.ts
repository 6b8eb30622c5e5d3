import { type Analysis, analysisOf, factsOf } from '../../analyzers/index.js';
import type { AnalyzerInput } from '../../analyzers/input.js';
import { analysisTables } from '../../analyzers/tables/index.js';
import { loadInput } from '../../src/loadInput.js';
import type { Attachment } from '../../src/notebook/attachment.js';
import { type TableName, type Tables, tables } from '../../src/notebook/tables.js';
import { arrowBytes } from '../../src/table/arrowBytes.js';
import { fromRows } from '../../src/table/fromRows.js';
import type { TableSchema } from '../../src/table/schema.js';
import { inertJson } from '../../src/text/inertJson.js';
import { traceSchema } from '../../src/trace/schema.js';
import { unpackRecorded } from '../bundle/unpackRecorded.js';

/** What a notebook has of one recording: each file by its name in the folder of its data. */
export interface NotebookFiles {
  readonly files: Readonly<Record<string, Attachment>>;
  /** All documented tables, read from these files. */
  readonly run: Tables<TableName>;
  /** What `trace analyze --json` prints of it. */
  readonly analysis: Analysis;
}

export function attachment(content: Uint8Array | string): Attachment {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { arrayBuffer: async () => bytes.slice().buffer };
}

/** The files of a notebook, as the command writes them. */
export async function notebookFiles(input: AnalyzerInput): Promise<NotebookFiles> {
  const get = factsOf(input);
  const analysis = analysisOf(get);
  const made: Record<string, Attachment> = {};
  for (const [name, schema] of Object.entries<TableSchema>(traceSchema)) {
    const table = input.trace?.tables[name as keyof typeof traceSchema] ?? fromRows(schema, []);
    made[name] = attachment(arrowBytes<TableSchema>(table));
  }
  for (const [name, table] of Object.entries(analysisTables(get, analysis)))
    made[name] = attachment(arrowBytes<TableSchema>(table));
  const files = Object.fromEntries(Object.entries(made).map(([name, file]) => [`${name}.arrow`, file]));
  return {
    files: { ...files, 'analysis.json': attachment(inertJson(analysis)) },
    run: (await tables(made)) as Tables<TableName>,
    analysis,
  };
}

const recorded = new Map<string, Promise<NotebookFiles>>();

/** Those of a bundle of traces/recorded: made once, for all tests that only look at them. */
export function recordedFiles(name: string): Promise<NotebookFiles> {
  const made = async () => notebookFiles(await loadInput(await unpackRecorded(name)));
  return recorded.get(name) ?? recorded.set(name, made()).get(name)!;
}

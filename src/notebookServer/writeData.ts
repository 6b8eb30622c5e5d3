import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { analysisOf, factsOf } from '../../analyzers/index.js';
import { analyzeStudy } from '../../analyzers/study/index.js';
import { studyTables } from '../../analyzers/study/views.js';
import { analysisTables } from '../../analyzers/tables/index.js';
import { BundleError, bundleFiles } from '../bundle/bundleFiles.js';
import { isStudy } from '../bundle/readStudy.js';
import type { ReadLimits, ReadTraceOptions } from '../bundle/readTrace.js';
import { refuseLinks } from '../bundle/refuseLinks.js';
import { replaceFile } from '../bundle/replaceFile.js';
import { studyFiles } from '../bundle/study.js';
import { loadInput } from '../loadInput.js';
import { loadStudy } from '../loadStudy.js';
import { toolVersion } from '../packageRoot.js';
import { arrowOf, dataOf } from '../report/data.js';
import { arrowBytes } from '../table/arrowBytes.js';
import { fromRows } from '../table/fromRows.js';
import type { TableSchema } from '../table/schema.js';
import { inertJson } from '../text/inertJson.js';
import { traceSchema } from '../trace/schema.js';
import { dataName } from './dataName.js';

/** The folder of all tables, in the folder of the notebooks. */
export const DATA_FOLDER = 'data';
const ANALYSIS = 'analysis.json';
const SOURCE = 'source.json';
/** Changed with what is written, so that it is written anew. */
const LAYOUT = 1;

export interface WriteDataOptions extends ReadLimits {
  /** Name of the user-timing measures that are inferences, as `analyze --mark` takes it. */
  readonly mark: string | null;
  readonly onProgress?: ReadTraceOptions['onProgress'];
}

/** Tables that a notebook may attach: `data/<name>/<table>.arrow`, and `data/<name>/analysis.json`. */
export interface NotebookData {
  readonly name: string;
  readonly isStudy: boolean;
  /** False where they were there already, of the very same files. */
  readonly written: boolean;
}

const sourceSchema = z.object({ source: z.string(), fingerprint: z.string() });

/**
 * Writes the tables of a bundle, a trace or a study into `<folder>/data/<name>/`, unless they are there already.
 * @throws BundleError or TraceError if it cannot be read or written
 */
export async function writeData(source: string, folder: string, options: WriteDataOptions): Promise<NotebookData> {
  const [study, fingerprint] = [await isStudy(source), await fingerprintOf(source, options.mark)];
  const { name, known } = await place(source, folder);
  if (known === fingerprint) return { name, isStudy: study, written: false };
  const into = join(folder, DATA_FOLDER, name);
  await refuseLinks(folder, DATA_FOLDER, name);
  const files = await (study ? studyData(source, options) : inputData(source, options));
  try {
    await mkdir(into, { recursive: true });
    for (const [file, content] of files) await replaceFile(join(into, file), (handle) => handle.writeFile(content()));
    // Last: without it the files before it do not count.
    const origin = JSON.stringify({ source: resolve(source), fingerprint }, null, 2);
    await replaceFile(join(into, SOURCE), (handle) => handle.writeFile(`${origin}\n`));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new BundleError(`The tables cannot be written to ${into}: ${error.message}. Run the command where you can write.`);
  }
  return { name, isStudy: study, written: true };
}

type Files = readonly (readonly [file: string, content: () => string | Uint8Array])[];

/** One table at a time is in memory as bytes. */
async function inputData(source: string, { mark, ...reading }: WriteDataOptions): Promise<Files> {
  const input = await loadInput(source, { ...reading, mark });
  const get = factsOf(input);
  const analysis = analysisOf(get);
  const ofTrace = Object.entries<TableSchema>(traceSchema).map(
    ([name, schema]) => input.trace?.tables[name as keyof typeof traceSchema] ?? fromRows(schema, []),
  );
  const names = Object.keys(traceSchema);
  const ofAnalysis = Object.entries(analysisTables(get, analysis));
  return [
    ...ofTrace.map((table, i) => [`${names[i]!}.arrow`, () => arrowBytes<TableSchema>(table)] as const),
    ...ofAnalysis.map(([name, table]) => [`${name}.arrow`, () => arrowBytes<TableSchema>(table)] as const),
    [ANALYSIS, () => `${inertJson(analysis)}\n`],
  ];
}

async function studyData(source: string, { mark, onProgress, ...limits }: WriteDataOptions): Promise<Files> {
  const analysis = analyzeStudy(await loadStudy(source, limits));
  return [
    ...studyTables(analysis).map((table) => {
      const data = dataOf(table);
      return [`${data.name}.arrow`, () => arrowOf(data)] as const;
    }),
    [ANALYSIS, () => `${inertJson(analysis)}\n`],
  ];
}

/** A name that is free, or that has the tables of the same source already. */
async function place(source: string, folder: string): Promise<{ readonly name: string; readonly known: string | null }> {
  const wanted = dataName(source);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    const there = join(folder, DATA_FOLDER, name);
    const origin = await readFile(join(there, SOURCE), 'utf8').then(parsed, () => null);
    if (origin?.source === resolve(source)) return { name, known: origin.fingerprint };
    if (origin === null && (await readdir(there).catch(() => [])).length === 0) return { name, known: null };
  }
}

function parsed(text: string): z.infer<typeof sourceSchema> | null {
  try {
    return sourceSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Of what the tables are made from: which files, how long, last changed when. */
async function fingerprintOf(source: string, mark: string | null): Promise<string> {
  const facts = await stat(source).catch(() => null);
  const files = facts?.isDirectory() ? await filesIn(source) : [source];
  const hash = createHash('sha256').update(JSON.stringify([LAYOUT, toolVersion(), mark]));
  for (const file of files) {
    const { size, mtimeMs } = await stat(file).catch(() => ({ size: -1, mtimeMs: 0 }));
    hash.update(JSON.stringify([file, size, mtimeMs]));
  }
  return hash.digest('hex');
}

/** What `analyze` writes there itself is no part of it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const own: readonly string[] = [join(folder, bundleFiles.report), join(folder, studyFiles.tables)];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !own.some((mine) => path === mine || path.startsWith(`${mine}/`)))
    .sort();
}

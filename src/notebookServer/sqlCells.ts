import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Notebook } from '@observablehq/notebook-kit';
import { writeWhole } from '../bundle/replaceFile.js';
import { type Cell, failingCell } from './cells.js';
import { type NamedFile, queryDuckDb } from './duckDb.js';
import type { Stack } from './stack.js';

/** Kinds of cells that run a program of the machine when the page is made. */
const PROGRAMS: ReadonlySet<string> = new Set(['node', 'python', 'r']);
/** A value of the page inside a cell's text. */
const TEMPLATE = /\$\{/;
/** Files that SQL may name, as texts. */
const NAMED = /'((?:[^']|'')+\.(?:arrow|parquet|csv|tsv|json))'/gi;

/**
 * Answers the SQL cells of a notebook by the DuckDB that is installed here, so that the page gets the rows alone. The kit would run
 * its own driver, which needs an older DuckDB. What cannot be answered becomes a cell that says why.
 */
export async function answerSqlCells(notebook: Notebook, file: string, stack: Stack): Promise<Notebook> {
  const cells: Cell[] = [];
  for (const cell of notebook.cells) cells.push(await answered(cell, file, stack));
  return { ...notebook, cells };
}

async function answered(cell: Cell, file: string, stack: Stack): Promise<Cell> {
  if (PROGRAMS.has(cell.mode)) return failingCell(cell, `Cells of ${cell.mode} are not run here: write JavaScript or SQL.`);
  if (cell.mode !== 'sql') return cell;
  if (cell.database !== 'duckdb') return failingCell(cell, 'SQL is answered by DuckDB alone: give the cell database="duckdb".');
  if (TEMPLATE.test(cell.value))
    return failingCell(
      cell,
      'SQL is answered before the page runs, so it holds no values of the page: filter its rows in a JavaScript cell.',
    );
  try {
    await answer(cell, file, stack);
    return cell;
  } catch (error) {
    return failingCell(cell, (error as Error).message);
  }
}

/** Writes the rows to where the kit looks for them before it would ask a database, unless they are there for the same files. */
async function answer({ value }: Cell, file: string, stack: Stack): Promise<void> {
  const path = await stack.databases.getQueryCachePath(file, 'duckdb', [value]);
  const files = await namedFiles(value, dirname(file));
  const made = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  const known = await readFile(`${path}.of`, 'utf8').catch(() => null);
  if (known === made && (await stat(path).catch(() => null))) return;
  const date = new Date();
  const { rows, schema } = await queryDuckDb(value, files, stack);
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, JSON.stringify({ rows, schema, duration: Date.now() - date.getTime(), date }));
  await writeWhole(`${path}.of`, made);
}

/** The files in the notebook's folder that a query names. Links that lead out of it do not count. */
async function namedFiles(sql: string, folder: string): Promise<NamedFile[]> {
  const root = await realpath(folder);
  const names = new Set(Array.from(sql.matchAll(NAMED), ([, name]) => name!.replaceAll("''", "'")));
  const found: NamedFile[] = [];
  for (const name of names) {
    const path = await realpath(resolve(root, name)).catch(() => null);
    const facts = path === null ? null : await stat(path);
    if (path === null || !facts?.isFile() || !path.startsWith(join(root, sep))) continue;
    found.push({ name, path, bytes: facts.size, changedMs: facts.mtimeMs });
  }
  return found;
}

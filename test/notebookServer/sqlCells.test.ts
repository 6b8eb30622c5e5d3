import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Notebook } from '@observablehq/notebook-kit';
import { fromArrow, op } from 'arquero';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../src/notebookServer/cells.js';
import { queryDuckDb } from '../../src/notebookServer/duckDb.js';
import { answerSqlCells } from '../../src/notebookServer/sqlCells.js';
import { loadStack } from '../../src/notebookServer/stack.js';
import { writeData } from '../../src/notebookServer/writeData.js';
import { packageRoot } from '../../src/packageRoot.js';
import { temporaryFolder } from '../models/temporaryFolder.js';

const stack = await loadStack();
/** As it is in the repository, without unpacked modules: less to decode. */
const recorded = join(packageRoot(), 'traces/recorded/ppocr-det-worker');

const cellOf = (value: string, parts: Partial<Cell> = {}): Cell => ({
  id: 1,
  mode: 'sql',
  database: 'duckdb',
  value,
  pinned: false,
  hidden: false,
  ...parts,
});

/** What a cell became, and the rows where it was answered. */
async function answered(folder: string, cell: Cell): Promise<{ readonly cell: Cell; readonly rows: unknown[] | null }> {
  const file = join(folder, 'my.html');
  const notebook = { title: '', theme: 'air', readOnly: false, cells: [cell] } as unknown as Notebook;
  const [made] = (await answerSqlCells(notebook, file, stack)).cells;
  const path = await stack.databases.getQueryCachePath(file, 'duckdb', [cell.value]);
  const text = await readFile(path, 'utf8').catch(() => null);
  return { cell: made!, rows: text === null ? null : JSON.parse(text).rows };
}

/** The sentence of a cell that fails in its place. */
const failureOf = ({ cell }: { readonly cell: Cell }): string => {
  expect(cell.mode).toBe('js');
  return cell.value;
};

test('SQL over a table gives what Arquero gives', async () => {
  const folder = await temporaryFolder();
  await writeData(recorded, folder, { mark: null });
  const table = "'data/ppocr-det-worker/slices.arrow'";
  const sql = `SELECT name, count(*)::INT AS n, sum("durationUs") AS us, count("cpuUs")::INT AS timed FROM ${table} GROUP BY name ORDER BY name`;
  const { rows } = await answered(folder, cellOf(sql));
  const expected = fromArrow(await readFile(join(folder, 'data/ppocr-det-worker/slices.arrow')))
    .groupby('name')
    .rollup({ n: op.count(), us: op.sum('durationUs'), timed: op.valid('cpuUs') })
    .objects() as { name: string; n: number; us: number; timed: number }[];
  expect(rows!.length).toBeGreaterThan(10);
  const found = new Map((rows as typeof expected).map((row) => [row.name, row]));
  for (const { name, n, us, timed } of expected) {
    expect(found.get(name)).toMatchObject({ n, timed });
    expect(found.get(name)!.us).toBeCloseTo(us, 3);
  }
});

describe('SQL sees the folder of the notebook and nothing else', () => {
  async function folderWithFiles(): Promise<string> {
    const root = await temporaryFolder();
    await mkdir(join(root, 'inside'));
    await writeFile(join(root, 'inside/mine.csv'), 'a,b\n1,x\n');
    await writeFile(join(root, 'secret.csv'), 'a\n42\n');
    await symlink(join(root, 'secret.csv'), join(root, 'inside/link.csv'));
    return join(root, 'inside');
  }

  test('a file of the user’s own is read', async () => {
    expect((await answered(await folderWithFiles(), cellOf("SELECT * FROM 'mine.csv'"))).rows).toEqual([{ a: '1', b: 'x' }]);
  });

  test.each([
    "SELECT * FROM '../secret.csv'",
    "SELECT * FROM 'link.csv'",
    "SELECT * FROM read_csv_auto('../secret.csv')",
    "SELECT * FROM read_text('/etc/passwd')",
    "COPY (SELECT 1) TO 'written.csv'",
    "COPY (SELECT 1) TO '../written.csv'",
    "COPY (SELECT 1) TO '<folder>/written.csv'",
    "SELECT * FROM read_csv_auto('<folder>/mine.csv')",
    "ATTACH '../other.db'",
    'INSTALL httpfs',
    'SET enable_external_access=true',
    "SET allowed_directories=['/']",
    "SELECT * FROM 'https://example.com/a.csv'",
  ])('%s is refused in its cell', async (sql) => {
    const folder = await folderWithFiles();
    const { cell, rows } = await answered(folder, cellOf(sql.replace('<folder>', folder)));
    expect(rows).toBeNull();
    expect(failureOf({ cell })).toMatch(/^throw new Error\("/);
    expect((await readdir(join(folder, '..'))).sort()).toEqual(['inside', 'secret.csv']);
    expect((await readdir(folder)).filter((name) => name.startsWith('written'))).toEqual([]);
  });
});

test.each([
  [cellOf('SELECT \u0024{1}'), /filter its rows in a JavaScript cell/],
  [cellOf('SELECT 1', { database: 'postgres' }), /DuckDB alone/],
  [cellOf('SELECT 1', { database: 'var:db' }), /DuckDB alone/],
  [cellOf('print(1)', { mode: 'python' } as never), /Cells of python are not run here/],
  [cellOf('SELECT nothing'), /nothing/],
  [cellOf("SELECT * FROM 'not/there.arrow'"), /not\/there\.arrow/],
])('a cell that cannot be answered says why: %j', async (cell, why) => {
  expect(failureOf(await answered(await temporaryFolder(), cell))).toMatch(why);
});

test('an answer is kept until a file that it names changes', async () => {
  const folder = await temporaryFolder();
  const cell = cellOf("SELECT sum(a)::INT AS sum FROM 'mine.csv'");
  await writeFile(join(folder, 'mine.csv'), 'a\n1\n2\n');
  expect((await answered(folder, cell)).rows).toEqual([{ sum: 3 }]);
  const [kept] = (await readdir(join(folder, '.observable/cache'))).filter((name) => name.endsWith('.json'));
  await writeFile(join(folder, '.observable/cache', kept!), '{"rows": "kept"}');
  expect((await answered(folder, cell)).rows).toBe('kept');
  await rm(join(folder, 'mine.csv'));
  await writeFile(join(folder, 'mine.csv'), 'a\n10\n20\n30\n');
  expect((await answered(folder, cell)).rows).toEqual([{ sum: 60 }]);
});

test('a query that does not end is ended', async () => {
  const endless = 'SELECT count(*) FROM range(1000000000000) a(i) WHERE i % 7 = 3';
  await expect(queryDuckDb(endless, [], stack, 300)).rejects.toThrow('longer than 0.3 s');
});

import { readFile } from 'node:fs/promises';
import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api';
import { type Column, Type, tableFromIPC } from '@uwdata/flechette';
import type { Stack } from './stack.js';

/** A file that a query names. */
export interface NamedFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly changedMs: number;
}

export interface Answer {
  readonly rows: readonly unknown[];
  readonly schema: readonly { readonly name: string; readonly type: string }[];
}

/** A page waits for its queries before it opens. */
const LIMIT_MS = 60_000;
const CHUNK_ROWS = 2048;

/** The kit's names of types. https://observablehq.com/@observablehq/database-client-specification */
const KINDS: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  BIGINT: 'bigint',
  UBIGINT: 'bigint',
  HUGEINT: 'bigint',
  FLOAT: 'number',
  DOUBLE: 'number',
  VARCHAR: 'string',
  DATE: 'date',
  TIMESTAMP: 'date',
};

/**
 * Runs a query in a database of its own, which then is gone. It holds the files that the query names, and can neither read nor
 * write any file, nor reach the network: a notebook is a program of somebody, and SQL must not reach further than its page does.
 * @throws Error with what DuckDB says, or where it takes longer than the limit
 */
export async function queryDuckDb(
  sql: string,
  files: readonly NamedFile[],
  { duckdb }: Pick<Stack, 'duckdb'>,
  limitMs = LIMIT_MS,
): Promise<Answer> {
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    threads: '2',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  try {
    const connection = await instance.connect();
    try {
      for (const file of files) await open(connection, file, duckdb);
      await connection.run('SET enable_external_access=false');
      await connection.run('SET lock_configuration=true');
      return await within(connection, run(connection, sql), limitMs);
    } finally {
      connection.disconnectSync();
    }
  } finally {
    instance.closeSync();
  }
}

async function run(connection: DuckDBConnection, sql: string): Promise<Answer> {
  const reader = await connection.runAndReadAll(sql);
  const schema = reader.columnNames().map((name, i) => ({ name, type: KINDS[String(reader.columnType(i))] ?? 'other' }));
  return { rows: reader.getRowObjectsJson(), schema };
}

async function within(connection: DuckDBConnection, work: Promise<Answer>, limitMs: number): Promise<Answer> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.interrupt();
  }, limitMs);
  try {
    return await work;
  } catch (error) {
    throw late ? new Error(`The query took longer than ${limitMs / 1000} s: ask for less.`) : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Under the name that the query has for it: other names of the same file are not known. */
async function open(connection: DuckDBConnection, { name, path }: NamedFile, duckdb: Stack['duckdb']): Promise<void> {
  if (path.endsWith('.arrow')) return load(connection, name, await readFile(path), duckdb);
  const reader = /\.parquet$/i.test(path) ? 'read_parquet' : /\.json$/i.test(path) ? 'read_json_auto' : 'read_csv_auto';
  await connection.run(`CREATE TABLE ${quoted(name)} AS SELECT * FROM ${reader}(${text(path)})`);
}

/** DuckDB reads no Arrow files without an extension, so the columns are handed over. */
async function load(connection: DuckDBConnection, name: string, bytes: Uint8Array, duckdb: Stack['duckdb']): Promise<void> {
  const table = tableFromIPC(bytes);
  const columns = table.names.map((column) => {
    const values = table.getChild(column) as Column<unknown>;
    return { column, values, type: typeOf(values, duckdb) };
  });
  const declared = columns.map(({ column, type }) => `${quoted(column)} ${type}`).join(', ');
  await connection.run(`CREATE TABLE ${quoted(name)} (${declared})`);
  const appender = await connection.createAppender(name);
  const types = columns.map(({ type }) => type);
  for (let from = 0; from < table.numRows; from += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, table.numRows - from);
    const chunk = duckdb.DuckDBDataChunk.create(types, rows);
    columns.forEach(({ values }, place) => {
      chunk.setColumnValues(
        place,
        Array.from({ length: rows }, (_, i) => known(values.at(from + i))),
      );
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** In our tables NaN is what is not known. */
const known = (value: unknown): never => (value === undefined || Number.isNaN(value) ? null : value) as never;

function typeOf({ type }: Column<unknown>, duckdb: Stack['duckdb']): DuckDBType {
  switch (type.typeId) {
    case Type.Bool:
      return duckdb.BOOLEAN;
    case Type.Float:
      return duckdb.DOUBLE;
    case Type.Int:
      return INTEGERS(duckdb)[`${type.signed ? '' : 'U'}${type.bitWidth}`] ?? duckdb.BIGINT;
    default:
      return duckdb.VARCHAR;
  }
}

const INTEGERS = (duckdb: Stack['duckdb']): Readonly<Record<string, DuckDBType>> => ({
  8: duckdb.TINYINT,
  16: duckdb.SMALLINT,
  32: duckdb.INTEGER,
  U8: duckdb.UTINYINT,
  U16: duckdb.USMALLINT,
  U32: duckdb.UINTEGER,
});

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

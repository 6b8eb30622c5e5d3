import { cp, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromArrow } from 'arquero';
import { expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import { analysisSchema } from '../../analyzers/tables/schema.js';
import { loadInput } from '../../src/loadInput.js';
import { writeData } from '../../src/notebookServer/writeData.js';
import { packageRoot } from '../../src/packageRoot.js';
import { traceSchema } from '../../src/trace/schema.js';
import { buildCell, buildStudyInput, done } from '../analyzers/study/buildStudy.js';
import { temporaryFolder } from '../models/temporaryFolder.js';

const asUsual = { mark: null };
/** As it is in the repository, without unpacked modules: less to decode. */
const recorded = join(packageRoot(), 'traces/recorded/ppocr-det-worker');
const slice = { ph: 'X', pid: 1, tid: 1, ts: 1, dur: 5, name: '</script>\u0024{1}', cat: 'x' };

async function smallTrace(folder: string, name = 'small.json'): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, JSON.stringify({ traceEvents: [slice] }));
  return path;
}

test('every documented table is a file, and the analysis is that of "trace analyze --json"', async () => {
  const folder = await temporaryFolder();
  expect(await writeData(recorded, folder, asUsual)).toEqual({ name: 'ppocr-det-worker', isStudy: false, written: true });
  const there = join(folder, 'data/ppocr-det-worker');
  const tables = { ...traceSchema, ...analysisSchema };
  expect((await readdir(there)).sort()).toEqual(
    [...Object.keys(tables).map((name) => `${name}.arrow`), 'analysis.json', 'source.json'].sort(),
  );
  const input = await loadInput(recorded);
  expect(JSON.parse(await readFile(join(there, 'analysis.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(analyze(input))));
  for (const [name, schema] of Object.entries(tables)) {
    const read = fromArrow(await readFile(join(there, `${name}.arrow`)));
    expect(read.columnNames(), name).toEqual(Object.keys(schema));
    if (name in traceSchema) expect(read.numRows(), name).toBe(input.trace!.tables[name as keyof typeof traceSchema].length);
  }
});

test('tables are written anew only where what they are made from has changed', async () => {
  const folder = await temporaryFolder();
  const trace = await smallTrace(folder);
  const slices = join(folder, 'data/small/slices.arrow');
  expect(await writeData(trace, folder, asUsual)).toMatchObject({ written: true });
  const before = await stat(slices, { bigint: true });
  expect(await writeData(trace, folder, asUsual)).toMatchObject({ name: 'small', written: false });
  expect((await stat(slices, { bigint: true })).mtimeNs).toBe(before.mtimeNs);
  expect(await writeData(trace, folder, { mark: 'infer' })).toMatchObject({ name: 'small', written: true });
  await writeFile(trace, JSON.stringify({ traceEvents: [slice, { ...slice, ts: 10 }] }));
  await utimes(trace, new Date(), new Date(Date.now() + 5000));
  expect(await writeData(trace, folder, { mark: 'infer' })).toMatchObject({ name: 'small', written: true });
  expect(fromArrow(await readFile(slices)).array('name')).toEqual([slice.name, slice.name]);
});

test('recordings of one name have folders of their own, and a folder of the user is left alone', async () => {
  const folder = await temporaryFolder();
  const [a, b] = [await smallTrace(folder, 'a/small.json'), await smallTrace(folder, 'b/small.json')];
  await mkdir(join(folder, 'data/small'), { recursive: true });
  await writeFile(join(folder, 'data/small/mine.csv'), 'a,b');
  expect(await writeData(a, folder, asUsual)).toMatchObject({ name: 'small-2', written: true });
  expect(await writeData(b, folder, asUsual)).toMatchObject({ name: 'small-3', written: true });
  expect(await writeData(a, folder, asUsual)).toMatchObject({ name: 'small-2', written: false });
  expect(await readdir(join(folder, 'data/small'))).toEqual(['mine.csv']);
});

test('of a study its tables are written, and its analysis', async () => {
  const [folder, study] = [await temporaryFolder(), join(await temporaryFolder(), 'study-mine')];
  const cell = buildCell({ model: 'ppocr-det', threads: 1 });
  await cp(recorded, join(study, 'runs', cell.id, '0'), { recursive: true });
  const input = buildStudyInput([cell], [], { study: { order: [{ cell: cell.id, round: 0 }], runs: [done(cell.id, 0)] } });
  await writeFile(join(study, 'study.json'), JSON.stringify(input.study));
  expect(await writeData(study, folder, asUsual)).toEqual({ name: 'study-mine', isStudy: true, written: true });
  const there = join(folder, 'data/study-mine');
  const analysis = JSON.parse(await readFile(join(there, 'analysis.json'), 'utf8'));
  expect(analysis.schema).toBe('inferscope.study-analysis/1');
  const latency = fromArrow(await readFile(join(there, 'latency.arrow')));
  expect(latency.numRows()).toBe(analysis.latency.length);
  // What "analyze" writes into a study is no change of it.
  await mkdir(join(study, 'tables'));
  await writeFile(join(study, 'tables/latency.csv'), '');
  expect(await writeData(study, folder, asUsual)).toMatchObject({ written: false });
});

test('nothing is written through a link', async () => {
  const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
  const trace = await smallTrace(folder);
  await symlink(elsewhere, join(folder, 'data'));
  await expect(writeData(trace, folder, asUsual)).rejects.toThrow(/data is a link/);
  expect(await readdir(elsewhere)).toEqual([]);
});

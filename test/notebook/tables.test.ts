import { op } from 'arquero';
import { expect, test } from 'vitest';
import { analysisSchema } from '../../analyzers/tables/schema.js';
import { analysis, runOrStudy, study, whyUnknown } from '../../src/notebook/analysis.js';
import { columnsOf } from '../../src/notebook/columns.js';
import { tables } from '../../src/notebook/tables.js';
import { predictions, windows } from '../../src/notebook/windows.js';
import { arrowBytes } from '../../src/table/arrowBytes.js';
import { fromRows } from '../../src/table/fromRows.js';
import { buildManifest } from '../analyzers/buildManifest.js';
import { RunBuilder } from '../analyzers/buildRun.js';
import { buildAnalysis } from '../report/buildAnalysis.js';
import { attachment, notebookFiles } from './files.js';

const phase = { title: 'Blank page', startMs: 0, endMs: 12.5 };

test('a table is read row for row, under any name', async () => {
  const bytes = arrowBytes(fromRows(analysisSchema.memoryPhases, [phase, { ...phase, title: 'Setup' }]));
  const { mine } = await tables({ mine: attachment(bytes) });
  expect(mine.objects()).toEqual([phase, { ...phase, title: 'Setup' }]);
});

test('a table without rows is one', async () => {
  const { memoryPhases } = await tables({ memoryPhases: attachment(arrowBytes(fromRows(analysisSchema.memoryPhases, []))) });
  expect([memoryPhases.numRows(), memoryPhases.columnNames()]).toEqual([0, ['title', 'startMs', 'endMs']]);
});

test('texts are made inert once, where they are read', async () => {
  const hostile = 'a\u202eb\u0007</script>';
  const bytes = arrowBytes(fromRows(analysisSchema.memoryPhases, [{ ...phase, title: hostile }]));
  const { memoryPhases } = await tables({ memoryPhases: attachment(bytes) });
  expect(memoryPhases.get('title', 0)).toBe('a\\u202eb\\x07</script>');
});

test('a table that lacks a column, or is none, is refused by its name', async () => {
  const other = attachment(arrowBytes(fromRows(analysisSchema.memoryPhases, [phase])));
  await expect(tables({ effects: other })).rejects.toThrow('The table effects lacks effect, ms, lowMs, highMs');
  await expect(tables({ effects: attachment('no table at all') })).rejects.toThrow('effects is no Arrow file');
});

test('what a function needs and was not read is asked for by its name', async () => {
  const { run } = await notebookFiles(new RunBuilder().input({}));
  const { causes: _, ...without } = run;
  expect(() => windows(without as typeof run)).toThrow('causes: FileAttachment("data/my-run/causes.arrow")');
});

test('an analysis and that of a study are told apart, and neither is anything else', async () => {
  const run = attachment(JSON.stringify(buildAnalysis()));
  expect((await analysis(run)).schema).toBe('inferscope.analysis/1');
  await expect(study(run)).rejects.toThrow('read it with analysis()');
  const ofStudy = attachment(JSON.stringify({ schema: 'inferscope.study-analysis/1' }));
  await expect(analysis(ofStudy)).rejects.toThrow('read it with study()');
  await expect(runOrStudy(attachment('{"schema":"other"}'))).rejects.toThrow('no analysis of this version');
  await expect(runOrStudy(attachment('null'))).rejects.toThrow('no analysis of this version');
});

test('of a trace with nothing in it every table is there, and a sentence says why a part is not known', async () => {
  const { run, analysis: read } = await notebookFiles(new RunBuilder().input({}));
  expect(predictions(run)).toEqual([]);
  expect(read.memory).toBeNull();
  expect(whyUnknown(run, 'memory')).toMatch(/Memory over the run was not recorded/);
  expect(whyUnknown(run, 'partition')).toMatch(/^No inference found/);
});

test('what a pass says that was not asked for is the reason of its part', async () => {
  const detail = 'No memory over the run: the memory pass was not asked for.';
  const manifest = buildManifest({ collectors: { memory: { outcome: 'not-asked', detail } } });
  const { run } = await notebookFiles(new RunBuilder().input({ manifest }));
  expect(whyUnknown(run, 'memory')).toBe(detail);
  expect(whyUnknown(run, 'kernelTotals')).toMatch(/^Time per operator was not recorded/);
});

test('columns are documented, with their units', async () => {
  const { run } = await notebookFiles(new RunBuilder().input({}));
  expect(columnsOf('windows').map(({ column }) => column)).toEqual(run.windows.columnNames());
  expect(columnsOf('slices').find(({ column }) => column === 'durationUs')!.meaning).toContain('µs');
  expect(run.windows.rollup({ n: op.count() }).object()).toEqual({ n: 0 });
});

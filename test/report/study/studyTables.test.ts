import { tableFromIPC } from '@uwdata/flechette';
import { fromCSV } from 'arquero';
import { describe, expect, test } from 'vitest';
import type { StudyAnalysis } from '../../../analyzers/study/index.js';
import { studyTables as studyBlocks } from '../../../analyzers/study/views.js';
import { arrowOf, csvText, type DataTable, dataOf } from '../../../src/report/data.js';
import { buildFailedStudyAnalysis, buildStudyAnalysis } from './buildStudyAnalysis.js';
import { buildHostileStudyAnalysis } from './hostileStudy.js';

const studyTables = (analysis: StudyAnalysis) => studyBlocks(analysis).map(dataOf);

const rowsOf = ({ columns }: DataTable) =>
  (columns[0]?.values ?? []).map((_, row) => Object.fromEntries(columns.map(({ name, values }) => [name, values[row]])));

/** As a spreadsheet would: text as it stands, an empty field is nothing. */
const ofCsv = (table: DataTable) =>
  (fromCSV(csvText(table), { autoType: false }).objects() as Record<string, string | null>[]).map((row) =>
    Object.fromEntries(
      table.columns.map(({ name, kind }) => {
        const text = row[name];
        if (kind === 'text') return [name, text || null];
        return [name, text === '' || text == null ? null : kind === 'flag' ? text === 'true' : Number(text)];
      }),
    ),
  );

const ofArrow = (table: DataTable) =>
  (tableFromIPC(arrowOf(table)).toArray() as Record<string, unknown>[]).map((row) =>
    Object.fromEntries(table.columns.map(({ name }) => [name, row[name] === '' ? null : row[name]])),
  );

describe('tables of a study for other tools', () => {
  test.each(studyTables(buildStudyAnalysis()).map((table) => [table.name, table] as const))(
    '%s reads back from Arrow as from CSV, no digit lost',
    (_, table) => {
      const rows = rowsOf(table).map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === '' ? null : value])),
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(ofArrow(table)).toEqual(rows);
      expect(ofCsv(table)).toEqual(rows);
    },
  );

  test('keep their columns where there is no row', () => {
    const [latency] = studyTables(buildFailedStudyAnalysis());
    expect(csvText(latency!)).toMatch(/^cell,model,framework,.*\n$/);
    expect(tableFromIPC(arrowOf(latency!)).schema.fields.map(({ name }) => name)).toEqual(
      latency!.columns.map(({ name }) => name),
    );
  });

  test('hold no formula, and plain negative numbers', () => {
    const cells = ['=1+1', '＝1', '+1', '-1', '@SUM(A1)', ' =1', 'a=1', '\u00a0=1'];
    const table: DataTable = {
      name: 'names',
      columns: [
        { name: 'name', kind: 'text', values: cells },
        { name: 'ms', kind: 'number', values: cells.map(() => -1.5) },
      ],
    };
    expect(csvText(table).trim().split('\n').slice(1)).toEqual([
      "'=1+1,-1.5",
      "'＝1,-1.5",
      "'+1,-1.5",
      "'-1,-1.5",
      "'@SUM(A1),-1.5",
      "' =1,-1.5",
      'a=1,-1.5',
      "'\u00a0=1,-1.5",
    ]);
  });

  test('are one line a row, whatever the names', () => {
    for (const table of studyTables(buildHostileStudyAnalysis())) {
      expect(csvText(table).trimEnd().split(/\r|\n/)).toHaveLength(table.columns[0]!.values.length + 1);
    }
  });
});

import { expect, test } from 'vitest';
import { beside, causesBeside, partitionRows } from '../../src/notebook/beside.js';
import { operatorsBesideNative } from '../../src/notebook/operators.js';
import { studyFigures, studyTable } from '../../src/notebook/study.js';
import { buildAnalysis } from '../report/buildAnalysis.js';
import { buildStudyAnalysis } from '../report/study/buildStudyAnalysis.js';

const analysis = buildAnalysis();

test('analyses stand beside each other with the numbers that each of them quotes', () => {
  const rows = beside({ before: analysis, after: { ...analysis, gap: null, memory: null, latency: null } });
  const { prediction, setupMs, warmupMs } = analysis.latency!;
  expect(rows[0]).toEqual({
    name: 'before',
    model: analysis.run!.modelTitle,
    predictionMs: prediction!.medianMs,
    lowMs: prediction!.ci95Ms[0],
    highMs: prediction!.ci95Ms[1],
    setupMs,
    warmupMs,
    nativeMs: analysis.gap!.nativeMs,
    ratio: analysis.gap!.ratio,
    heldBytes: analysis.memory?.held?.peakBytes ?? null,
  });
  expect(rows[1]).toMatchObject({ name: 'after', predictionMs: null, ratio: null, heldBytes: null });
});

test('causes of several analyses are on one axis, and one that lacks a cause has no time of it', () => {
  const [cause] = analysis.partition!.causes;
  const other = { ...analysis, partition: { ...analysis.partition!, causes: [cause!] } };
  const analyses = { all: analysis, one: other, none: { ...analysis, partition: null } };
  expect(partitionRows(analyses).map(({ label }) => label)).toEqual(['all', 'one']);
  const rows = causesBeside(analyses);
  expect(rows).toHaveLength(analysis.partition!.causes.length);
  for (const row of rows) {
    const told = analysis.partition!.causes.find(({ id }) => id === row.cause)!;
    expect(row.all).toBe(told.ms);
    expect(row.one).toBe(told.id === cause!.id ? told.ms : 0);
    expect(row).not.toHaveProperty('none');
  }
});

test('operators and their types stand beside native with the numbers of the analysis', () => {
  const rows = operatorsBesideNative(analysis).objects() as Record<string, unknown>[];
  expect(rows.map(({ name, ms, nativeMs, ratio, bound }) => ({ name, ms, nativeMs, ratio, bound }))).toEqual(
    analysis.kernels.map(({ name, ms, nativeMs, ratio, bound }) => ({ name, ms, nativeMs, ratio, bound })),
  );
  const types = operatorsBesideNative(analysis, { by: 'type' }).objects() as Record<string, unknown>[];
  expect(types.map(({ operator, count, ms }) => ({ operator, count, ms }))).toEqual(
    analysis.kernelTotals!.types.map(({ operator, count, ms }) => ({ operator, count, ms })),
  );
  const kinds = operatorsBesideNative(analysis, { by: 'kind' }).objects() as Record<string, unknown>[];
  expect(kinds.map(({ kind, count, aboveMs }) => ({ kind, count, aboveMs }))).toEqual(
    analysis.kernelTotals!.groups.map(({ title, count, aboveMs }) => ({ kind: title, count, aboveMs })),
  );
  expect(operatorsBesideNative({ kernels: [], kernelTotals: null }).numRows()).toBe(0);
});

test('a table of a study has a row for each cell, and its charts are those of its report', () => {
  const study = buildStudyAnalysis();
  const gap = studyTable(study, 'gap');
  expect(gap.array('ratio')).toEqual(study.gap.rows.map(({ ratio }) => ratio.value));
  expect(gap.columnNames()).toContain('ratioLow');
  expect(() => studyTable(study, 'other')).toThrow('A study has no table other; its tables are latency,');
  const figures = studyFigures(study);
  expect(figures.length).toBeGreaterThan(0);
  for (const { section, chart } of figures) expect([section.length > 0, chart.alt.length > 0]).toEqual([true, true]);
});

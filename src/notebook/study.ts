import type { ColumnTable } from 'arquero';
import { table } from 'arquero';
import type { StudyAnalysis } from '../../analyzers/study/index.js';
import { studyTables, studyViews } from '../../analyzers/study/views.js';
import { dataOf } from '../report/data.js';
import { type Figure, unfolded } from '../view/block.js';

/**
 * A table of a study, with the columns of its CSV file: `studyTable(study, "gap")` has a row for each cell, and beside each number the
 * ends of its 95 % interval (`ratio`, `ratioLow`, `ratioHigh`).
 * @throws Error, with the names of the tables, if the study has none of that name
 */
export function studyTable(study: StudyAnalysis, name: string): ColumnTable {
  const made = studyTables(study).map(dataOf);
  const found = made.find((each) => each.name === name);
  if (!found) throw new Error(`A study has no table ${name}; its tables are ${made.map((each) => each.name).join(', ')}.`);
  return table(found.columns.map((column): [string, unknown[]] => [column.name, [...column.values]]));
}

/** The charts of a study's report, section by section: `draw(figure.chart, figure)` draws one with its legend. */
export function studyFigures(study: StudyAnalysis): readonly (Figure & { readonly section: string })[] {
  return studyViews.flatMap(({ title, blocks }) =>
    unfolded(blocks(study)).flatMap((block) => (block.block === 'figure' ? [{ ...block, section: title }] : [])),
  );
}

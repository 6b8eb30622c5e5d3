import type { CellFacts } from '../../../../analyzers/study/studyAnalysis.js';
import { cellModel } from '../cellModel.js';
import { shortConfiguration } from '../shortConfiguration.js';
import type { TextColumn } from './columnsLines.js';

/** The columns that begin every table: the model, marked where its outputs are not native's, and how it ran. */
export function headColumns(rows: readonly { readonly cell: CellFacts }[]): TextColumn[] {
  return [
    { head: 'Model', align: 'left', cells: rows.map(({ cell }) => cellModel(cell, 28)) },
    { head: 'Ran on', align: 'left', cells: rows.map(({ cell }) => shortConfiguration(cell)) },
  ];
}

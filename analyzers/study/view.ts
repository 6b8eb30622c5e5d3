import type { StudyCell } from '../../src/bundle/study.js';
import type { Block, Column, Table } from '../../src/view/block.js';
import type { CellFacts } from './cells.js';
import { type Configuration, longConfiguration, shortConfiguration } from './configurations.js';
import type { RoundsEstimate } from './estimates.js';

/**
 * How a question about a study is answered. `Known` names the parts of the analysis that the view reads: the registry checks that
 * the analysis has them.
 */
export interface StudyView<Known> {
  /** Anchor in the report; never from data. */
  readonly id: string;
  readonly title: string;
  /** The findings, as sentences with numbers. The report and the terminal begin with those of all questions. */
  readonly findings: (known: Known) => readonly string[];
  /** The section of the report; empty where nothing is known. */
  readonly blocks: (known: Known) => readonly Block[];
  /** Its part of the terminal; empty where there is nothing to say. */
  readonly brief: (known: Known) => readonly Block[];
  /** For other tools. Each table is written as CSV and Arrow, even without rows; its caption is the file's name. */
  readonly tables: (known: Known) => readonly Table[];
}

/** Items as a sentence lists them: "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** A cell that has run, or one that never can, of which less is known. */
type Cell = StudyCell & Partial<CellFacts>;

const DIFFERS = 'Outputs differ from native';

/** The model of a row, marked where its outputs differ from native's. */
export function modelColumn<Row>(model: (row: Row) => string, differs: (row: Row) => boolean): Column<Row> {
  return {
    id: 'model',
    head: 'Model',
    kind: 'text',
    limit: 40,
    short: { limit: 28 },
    value: model,
    doubt: (row) => (differs(row) ? DIFFERS : null),
  };
}

/** How the cells of a row ran, factor by factor, for other tools. */
export function factorColumns<Row>(of: (row: Row) => Configuration): Column<Row>[] {
  return [
    { id: 'framework', head: 'Framework', kind: 'text', in: ['data'], value: (row) => of(row).framework },
    { id: 'backend', head: 'Backend', kind: 'text', in: ['data'], value: (row) => of(row).backend },
    { id: 'threads', head: 'Threads', kind: 'count', in: ['data'], value: (row) => of(row).threads },
    { id: 'simd', head: 'SIMD', kind: 'flag', in: ['data'], value: (row) => of(row).simd },
    { id: 'on', head: 'On', kind: 'text', in: ['data'], value: (row) => of(row).on },
  ];
}

/** The columns that begin every table of cells: the model, and how it ran. */
export const namedColumns: readonly Column<{ readonly cell: Cell }>[] = [
  { id: 'cell', head: 'Cell', kind: 'text', in: ['data'], value: ({ cell }) => cell.id },
  modelColumn(
    ({ cell }) => cell.model,
    ({ cell }) => cell.outputs === 'differ',
  ),
  ...factorColumns(({ cell }: { readonly cell: Cell }) => cell),
  {
    id: 'ranOn',
    head: 'Ran on',
    kind: 'text',
    in: ['page', 'terminal'],
    value: ({ cell }) => `${longConfiguration(cell)}${cell.softwareGpu ? ' (software)' : ''}`,
    short: { value: ({ cell }) => shortConfiguration(cell) },
  },
];

/** The same for cells that have run, whose outputs could be compared with native's. */
export const cellColumns: readonly Column<{ readonly cell: CellFacts }>[] = [
  ...namedColumns,
  { id: 'outputs', head: 'Outputs', kind: 'text', in: ['data'], value: ({ cell }) => cell.outputs },
];

/** Value and interval of an estimate, as properties of a column. */
export function estimated<Row>(of: (row: Row) => RoundsEstimate | null): Required<Pick<Column<Row>, 'value' | 'ci95'>> {
  return { value: (row) => of(row)?.value ?? null, ci95: (row) => of(row)?.ci95 ?? null };
}

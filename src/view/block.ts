import type { Interval } from '../stats/interval.js';
import type { Chart } from './chart.js';

/**
 * What a view says, as data: the renderers in `src/report` draw it as HTML, for a terminal, as Markdown, and know no analyzer.
 * Text is never markup. It may hold names from pages, traces and modules: each renderer escapes it and makes it inert.
 */
export type Block = Paragraph | Table | Figure | StepList;

/** One or more sentences. `lead`: the sentence that a reader should see first. */
export interface Paragraph {
  readonly block: 'paragraph';
  readonly text: string;
  readonly lead: boolean;
}

/** How a value is printed; the unit is that of the value as it stands in CSV and JSON. */
export type ValueKind = 'text' | 'count' | 'ms' | 'bytes' | 'share' | 'ratio';

/** One column of a table: the same for JSON, CSV, Arrow, HTML, Markdown and the terminal. */
export interface Column<Row> {
  /** Its name in data, unit included: `medianMs`. */
  readonly id: string;
  readonly head: string;
  readonly kind: ValueKind;
  /** Null: not known. */
  readonly value: (row: Row) => string | number | null;
  /** 95 % interval of the value, in its unit. */
  readonly ci95?: (row: Row) => Interval | null;
  /** Colour of a swatch before the value; null: none. */
  readonly fill?: (row: Row) => string | null;
}

export interface Cell {
  readonly value: string | number | null;
  readonly ci95: Interval | null;
  readonly fill: string | null;
}

/** A table of cells, row by row; the first column heads its row. */
export interface Table {
  readonly block: 'table';
  readonly caption: string;
  readonly columns: readonly Pick<Column<never>, 'id' | 'head' | 'kind'>[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A chart with its caption and, where colours mean something, their legend. */
export interface Figure {
  readonly block: 'figure';
  readonly chart: Chart;
  readonly caption: string;
  readonly legend: readonly { readonly fill: string; readonly text: string }[];
}

/** What to do next, most useful first. */
export interface StepList {
  readonly block: 'steps';
  readonly steps: readonly Step[];
}

export interface Step {
  readonly text: string;
  /** Ready to paste into a shell; null where no command does it. */
  readonly command: string | null;
}

/** One line of the terminal: a label of its own column, and text. */
export interface Line {
  readonly label: string;
  readonly text: string;
}

export const paragraph = (text: string): Paragraph => ({ block: 'paragraph', text, lead: false });

export const lead = (text: string): Paragraph => ({ block: 'paragraph', text, lead: true });

/** Takes the cells of a table from its rows. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Table {
  return {
    block: 'table',
    caption,
    columns: columns.map(({ id, head, kind }) => ({ id, head, kind })),
    rows: rows.map((row) =>
      columns.map(({ value, ci95, fill }) => ({ value: value(row), ci95: ci95?.(row) ?? null, fill: fill?.(row) ?? null })),
    ),
  };
}

export function figure(chart: Chart, caption: string, legend: Figure['legend'] = []): Figure {
  return { block: 'figure', chart, caption, legend };
}

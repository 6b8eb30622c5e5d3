import type { Interval } from '../stats/interval.js';
import type { Chart } from './chart.js';

/**
 * What a view says, as data. The renderers in `src/report` draw it as HTML, Markdown or for a terminal, and know no analyzer.
 * Text is never markup. It may contain names from pages, traces and modules: each renderer escapes it and makes it inert.
 */
export type Block = Heading | Paragraph | List | Table | Figure | Flame | StepList | Verdict | Fold;

/** Where a block is drawn. `data`: CSV and Arrow, for other tools. `page`: the report, as HTML or Markdown. */
export type Medium = 'data' | 'page' | 'terminal';

/** A heading inside a section. */
export interface Heading {
  readonly block: 'heading';
  readonly text: string;
}

/**
 * One or more sentences. `lead`: the sentence that a reader should see first. `remark`: how to read the block above, drawn less
 * prominently.
 */
export interface Paragraph {
  readonly block: 'paragraph';
  readonly text: string;
  readonly tone: 'lead' | 'plain' | 'remark';
}

/** What few readers need: the page shows the summary, and the rest when it is opened. The terminal shows nothing of it. */
export interface Fold {
  readonly block: 'fold';
  readonly summary: string;
  readonly blocks: readonly Block[];
}

/** Sentences of one kind, one below the other. */
export interface List {
  readonly block: 'list';
  readonly items: readonly string[];
}

/**
 * How a value is printed. Its unit is the same as in CSV and JSON. `code` is text that a program reads, such as the name of a
 * function; `figures` is text that is aligned like a number, such as an interval; `flag` is true or false; `mean` is of counts,
 * and may be between two; `score` is from 0 to 1; `tiny` is a small relative difference.
 */
export type ValueKind =
  | 'text'
  | 'code'
  | 'figures'
  | 'flag'
  | 'count'
  | 'mean'
  | 'ms'
  | 'bytes'
  | 'share'
  | 'ratio'
  | 'rate'
  | 'score'
  | 'tiny';

export type Value = string | number | boolean | null;

/** The properties of a column that do not depend on its rows. */
export interface ColumnHead {
  /** Its name in data, unit included: `medianMs`. */
  readonly id: string;
  readonly head: string;
  readonly kind: ValueKind;
  /** Where it is drawn; default: everywhere. */
  readonly in?: readonly Medium[];
  /** Maximum number of characters shown of a text; data has the whole text. */
  readonly limit?: number;
  /** Shown when the reader of the page asks for more columns; data has it, the terminal and Markdown omit it. */
  readonly more?: true;
  /** Few texts, of which the reader of the page may choose one. */
  readonly choice?: true;
}

/** One column of a table: the same for JSON, CSV, Arrow, HTML, Markdown and the terminal. */
export interface Column<Row> extends ColumnHead {
  /** Null: not known. */
  readonly value: (row: Row) => Value;
  /**
   * 95 % interval of the value, in its unit. Data has its ends as separate columns, the page shows it below the value, the
   * terminal omits it.
   */
  readonly ci95?: (row: Row) => Interval | null;
  /** A few words about the value, or several: below it on the page, after it in the terminal. */
  readonly note?: (row: Row) => string | readonly string[] | null;
  /** Lines that unfold below the value on the page, such as a call stack. */
  readonly unfolds?: (row: Row) => readonly string[];
  /** What the terminal shows instead, since it has little room. */
  readonly short?: Partial<Pick<Column<Row>, 'head' | 'limit' | 'value' | 'note'>>;
  /** Why the row is doubtful, which marks it with "!". Null: it is not. */
  readonly doubt?: (row: Row) => string | null;
  /** Colour of a swatch before the value; null: none. */
  readonly fill?: (row: Row) => string | null;
}

export interface Cell {
  readonly value: Value;
  readonly ci95: Interval | null;
  readonly notes: readonly string[];
  readonly unfolds: readonly string[];
  readonly doubt: string | null;
  readonly fill: string | null;
  /** What the terminal shows instead. */
  readonly short: Pick<Cell, 'value' | 'notes'> | null;
}

export interface TableColumn extends ColumnHead {
  /** Whether its values have an interval. */
  readonly interval: boolean;
  /** What the terminal shows instead. */
  readonly short: Partial<Pick<ColumnHead, 'head' | 'limit'>>;
}

/**
 * A table of cells, row by row; the first drawn column is the heading of its row. Renderers get the columns of their medium from
 * `tableIn`.
 */
export interface Table {
  readonly block: 'table';
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /**
   * What unfolds into the rows on the page: each group has the next `count` of them. The terminal and Markdown show the groups in
   * place of the rows; data has the rows.
   */
  readonly groups?: readonly RowGroup[];
  /** Id of the column that the rows are sorted by, the largest first. */
  readonly sortedBy?: string;
  /** Where a reader sees only the first rows: how many. Data has them all. */
  readonly shownRows?: number;
  /** How many further rows there are that not even data has. */
  readonly rowsLeftOut: number;
}

export interface RowGroup {
  readonly cells: readonly Cell[];
  readonly count: number;
}

/** Kinds whose values are aligned as text. */
export const isText = (kind: ValueKind): boolean => kind === 'text' || kind === 'code' || kind === 'flag';

/** A chart and, where colours have a meaning, their legend. */
export interface Figure {
  readonly block: 'figure';
  readonly chart: Chart;
  /** Null: the surrounding text says what it shows. */
  readonly caption: string | null;
  readonly legend: readonly { readonly fill: string; readonly text: string }[];
}

/** Call stacks as boxes inside one another, as wide as their time: a reader zooms, searches and switches between trees. */
export interface Flame {
  readonly block: 'flame';
  /** What it shows, for readers who cannot see it. The page and other media have its main rows as a table beside it. */
  readonly alt: string;
  readonly trees: readonly FlameTree[];
}

export interface FlameTree {
  readonly title: string;
  /** Each box before those inside it; the first one is the whole. */
  readonly boxes: readonly FlameBox[];
}

export interface FlameBox {
  /** How many boxes it is inside of. */
  readonly depth: number;
  readonly name: string;
  /** What its own time counts for, or what it is where it has none. */
  readonly kind: string;
  /** Colour of what its own time counts for; absent where it has none. */
  readonly fill?: string;
  /** Where its code is: "worker.js:7"; absent where it has none. */
  readonly place?: string;
  readonly ms: number;
  readonly ownMs: number;
}

/** What to do, most useful first. */
export interface StepList {
  readonly block: 'steps';
  readonly steps: readonly StepItem[];
}

export interface StepItem {
  readonly title: string;
  /** What it saves, or that this is not measured, in a few words. */
  readonly saves: string;
  /** Who can do it: "you". */
  readonly who: string;
  /** How the saving is known. */
  readonly basis: string;
  /** Functions, or places in scripts; null where there is none. */
  readonly where: string | null;
  /** Ready to paste into a shell; null where there is no command for it. */
  readonly command: string | null;
  /** Lines of code, or of settings; empty where there are none. */
  readonly code: readonly string[];
  readonly evidence: readonly string[];
}

/** Whether what follows is a valid measurement, and why not. */
export interface Verdict {
  readonly block: 'verdict';
  readonly level: 'good' | 'fair' | 'void';
  readonly text: string;
  readonly reasons: readonly string[];
}

/** One line of the terminal. Consecutive lines align their numbers and texts in columns. */
export interface Line {
  /** Null: the text begins at the edge. */
  readonly label: string | null;
  /** The highlighted number; null: the text has everything. */
  readonly value: string | null;
  readonly text: string;
  /** `aside`: drawn less prominently. `doubt`: it puts the numbers around it in doubt. */
  readonly tone: 'plain' | 'aside' | 'doubt';
}

export const heading = (text: string): Heading => ({ block: 'heading', text });

export const paragraph = (text: string): Paragraph => ({ block: 'paragraph', text, tone: 'plain' });

export const lead = (text: string): Paragraph => ({ block: 'paragraph', text, tone: 'lead' });

export const remark = (text: string): Paragraph => ({ block: 'paragraph', text, tone: 'remark' });

export const fold = (summary: string, blocks: readonly Block[]): Fold => ({ block: 'fold', summary, blocks });

/** The blocks one by one, with those that are folded away. */
export const unfolded = (blocks: readonly Block[]): readonly Exclude<Block, Fold>[] =>
  blocks.flatMap((block) => (block.block === 'fold' ? unfolded(block.blocks) : [block]));

export const list = (items: readonly string[]): List => ({ block: 'list', items });

/**
 * Makes the cells of a table from its rows.
 * @param shownRows how many a reader sees; default: all
 * @param rowsLeftOut how many further ones the analysis has left out
 */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  shownRows?: number,
  rowsLeftOut = 0,
): Table {
  return {
    block: 'table',
    caption,
    ...(shownRows !== undefined && { shownRows }),
    rowsLeftOut,
    columns: columns.map(({ id, head, kind, in: media, limit, more, choice, ci95, short }) => ({
      id,
      head,
      kind,
      ...(media !== undefined && { in: media }),
      ...(limit !== undefined && { limit }),
      ...(more && { more }),
      ...(choice && { choice }),
      interval: ci95 !== undefined,
      short: {
        ...(short?.head !== undefined && { head: short.head }),
        ...(short?.limit !== undefined && { limit: short.limit }),
      },
    })),
    rows: rows.map((row) => cells(columns, row)),
  };
}

/**
 * A table of groups that unfold into their rows. Groups and rows have the same columns.
 * @param groups each with its own line, and its rows, both sorted
 * @param sortedBy id of the column that they are sorted by, the largest first
 */
export function groupedTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  groups: readonly { readonly head: Row; readonly rows: readonly Row[] }[],
  sortedBy: string,
): Table {
  const rows = groups.flatMap((group) => group.rows);
  const heads = groups.map((group) => ({ cells: cells(columns, group.head), count: group.rows.length }));
  return { ...table(caption, columns, rows), groups: heads, sortedBy };
}

const cells = <Row>(columns: readonly Column<Row>[], row: Row): Cell[] =>
  columns.map(({ value, ci95, note, unfolds, doubt, fill, short }) => ({
    value: value(row),
    ci95: ci95?.(row) ?? null,
    notes: [note?.(row) ?? []].flat(),
    unfolds: unfolds?.(row) ?? [],
    doubt: doubt?.(row) ?? null,
    fill: fill?.(row) ?? null,
    short: short ? { value: (short.value ?? value)(row), notes: [(short.note ?? note)?.(row) ?? []].flat() } : null,
  }));

/** The columns and rows of a table for one medium, in that medium's form. */
export function tableIn(medium: Medium, { columns, rows: all, groups, ...table }: Table): Table {
  const short = medium === 'terminal';
  const rows = medium === 'data' ? all : short && groups ? groups.map((group) => group.cells) : all.slice(0, table.shownRows);
  const drawn = columns.map(({ in: media, more }) => (media?.includes(medium) ?? true) && !(short && more));
  const ofMedium = (row: readonly Cell[]): Cell[] =>
    row.filter((_, i) => drawn[i]).map((cell) => (short && cell.short ? { ...cell, ...cell.short } : cell));
  return {
    ...table,
    ...(medium === 'page' && groups && { groups: groups.map((group) => ({ ...group, cells: ofMedium(group.cells) })) }),
    columns: columns.filter((_, i) => drawn[i]).map((column) => (short ? { ...column, ...column.short } : column)),
    rows: rows.map(ofMedium),
  };
}

export function figure(chart: Chart, caption: string | null, legend: Figure['legend'] = []): Figure {
  return { block: 'figure', chart, caption, legend };
}

export const flame = (alt: string, trees: readonly FlameTree[]): Flame => ({ block: 'flame', alt, trees });

export const steps = (list: readonly StepItem[]): StepList => ({ block: 'steps', steps: list });

export const verdict = (level: Verdict['level'], text: string, reasons: readonly string[]): Verdict => ({
  block: 'verdict',
  level,
  text,
  reasons,
});

/** A line of text after its label. */
export const line = (label: string, text: string): Line => ({ label, value: null, text, tone: 'plain' });

/** A line that is a sentence. */
export const sentence = (text: string): Line => ({ label: null, value: null, text, tone: 'plain' });

/** A line with one highlighted number, and text about it. */
export const valueLine = (label: string, value: string, text: string): Line => ({ label, value, text, tone: 'plain' });

/** A line that is less important than the lines above it. */
export const aside = (text: string): Line => ({ label: null, value: null, text, tone: 'aside' });

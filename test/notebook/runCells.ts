import * as aq from 'arquero';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Attachment } from '../../src/notebook/attachment.js';
import * as library from '../../src/notebook/index.js';
import type { Figure } from '../../src/view/block.js';
import type { Chart } from '../../src/view/chart.js';

export interface Cell {
  readonly kind: 'javascript' | 'markdown' | 'sql';
  readonly text: string;
}

/** The cells of a notebook's file, top to bottom. */
export function cellsOf(html: string): Cell[] {
  const kinds = { module: 'javascript', 'text/markdown': 'markdown', 'application/sql': 'sql' } as const;
  return Array.from(html.matchAll(/<script type="([^"]+)"[^>]*>\n([\s\S]*?)\n\s*<\/script>/g), ([, type, text]) => {
    const kind = kinds[type as keyof typeof kinds];
    if (!kind) throw new Error(`no such cell: ${type}`);
    const indent = /^ */.exec(text!)![0].length;
    return { kind, text: text!.replaceAll(new RegExp(`^ {${indent}}`, 'gm'), '') };
  });
}

/** What cells displayed. */
export type Shown =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'table'; readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly cells: readonly string[][] }
  | { readonly is: 'chart'; readonly chart: Chart; readonly svg: string; readonly legend: Figure['legend'] }
  | { readonly is: 'plot'; readonly options: Readonly<Record<string, unknown>> };

/**
 * Runs the JavaScript of a notebook top to bottom, as its page does, without a page: inputs have the value that they begin with. Charts
 * are drawn as text.
 * @param files by the path that the notebook has for them
 * @param choose another value of an input, by its label
 */
export async function runCells(
  cells: readonly Cell[],
  files: (path: string) => Attachment,
  choose: Readonly<Record<string, (options: readonly unknown[]) => unknown>> = {},
): Promise<Shown[]> {
  const shown: Shown[] = [];
  const scope: Record<string, unknown> = {
    ...library,
    draw: drawn,
    aq,
    // It has no types.
    d3: await import('d3' as string),
    width: 640,
    FileAttachment: files,
    Inputs: inputs(choose),
    Plot: plot,
    html: (strings: readonly string[], ...values: readonly unknown[]): Shown => ({
      is: 'text',
      text: strings.reduce((text, part, i) => `${text}${textOf(values[i - 1])}${part}`),
    }),
    view: (input: { readonly value: unknown }) => input.value,
    display: (value: Shown) => {
      // An element stands in one place of a page.
      if (shown.includes(value)) throw new Error('the same element is displayed twice');
      shown.push(value);
    },
  };
  const known = new Proxy(scope, {
    has: (_, name) => typeof name === 'string' && (name in scope || !(name in globalThis)),
    get: (_, name) => {
      if (typeof name === 'symbol') return undefined;
      if (!(name in scope)) throw new ReferenceError(`${name} is not defined`);
      return scope[name];
    },
  });
  for (const { text } of cells.filter(({ kind }) => kind === 'javascript')) {
    const body = text
      .replaceAll(/^import \{[^}]*\} from "npm:inferscope\/notebook";$/gm, '')
      // What a cell declares is known to all.
      .replaceAll(/^const (\w+) = /gm, '$1 = ');
    const run = new Function('known', `with (known) { return (async () => { ${body}\n })(); }`) as (
      known: object,
    ) => Promise<void>;
    await run(known).catch((error: Error) => {
      throw new Error(`${error.message}\nin the cell\n${text}`, { cause: error });
    });
  }
  return shown;
}

const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : String(value ?? '');

async function drawn(chart: Chart, { width, legend = [] }: library.DrawOptions = {}): Promise<Shown> {
  // Vega writes into the data that it draws.
  const spec = compile({ ...structuredClone(chart.spec), width } as TopLevelSpec).spec;
  return { is: 'chart', chart, svg: await new View(parse(spec)).toSVG(), legend };
}

function inputs(choose: Readonly<Record<string, (options: readonly unknown[]) => unknown>>) {
  const chosen = (options: readonly unknown[], label: string, first: unknown): { value: unknown } => {
    return { value: choose[label] ? choose[label](options) : first };
  };
  return {
    select: (options: readonly unknown[], { label, format = String }: { label: string; format?: (option: never) => string }) => {
      for (const option of options) format(option as never);
      return chosen(options, label, options[0]);
    },
    range: (ends: readonly number[], { label, value }: { label: string; value: number }) => chosen(ends, label, value),
    table: (rows: readonly Readonly<Record<string, unknown>>[], options: TableOptions = {}): Shown => {
      const columns = options.columns ?? Object.keys(rows[0] ?? {});
      const cells = rows.map((row) =>
        columns.map((column) => {
          if (!(column in row)) throw new Error(`no column ${column} in ${Object.keys(row).join(', ')}`);
          return String(options.format?.[column] ? options.format[column](row[column] as never) : row[column]);
        }),
      );
      for (const column of [...Object.keys(options.format ?? {}), ...Object.keys(options.header ?? {})])
        if (rows.length > 0 && !columns.includes(column)) throw new Error(`no column ${column} in ${columns.join(', ')}`);
      return { is: 'table', rows, cells };
    },
  };
}

interface TableOptions {
  readonly columns?: readonly string[];
  readonly header?: Readonly<Record<string, string>>;
  readonly format?: Readonly<Record<string, (value: never) => unknown>>;
  readonly width?: Readonly<Record<string, number>>;
}

/** Marks as they were asked for. */
const plot = new Proxy(
  {},
  {
    get: (_, name) =>
      name === 'plot'
        ? (options: Readonly<Record<string, unknown>>): Shown => ({ is: 'plot', options })
        : (data: unknown, options: unknown) => ({ mark: name, data, options }),
  },
);

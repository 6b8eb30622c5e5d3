import type { TableSchema } from './schema.js';

/** What a row of a declared table reads as: a text of a `dict` column, a number of any other. */
export type Values<S extends TableSchema> = { readonly [K in keyof S]: S[K]['type'] extends 'dict' ? string : number };

/** An expression of Arquero: of a row, the name of a column, or made by its `op` and `desc`. It sees the row alone, no variable around. */
type Expression<R> = ((row: R) => unknown) | string | number | object;
type Expressions<R> = Readonly<Record<string, Expression<R>>>;
type ResultsOf<E> = {
  readonly [K in keyof E]: E[K] extends (...row: never[]) => infer Result ? Result : E[K] extends number ? number : unknown;
};
type Derived<R, E> = Omit<R, keyof E> & ResultsOf<E>;

/**
 * An Arquero table with types of its own: of the columns that the schema declares, and of the verbs that are used most. Arquero's
 * types know no columns, and do not compile where a strict project checks its libraries. The object has all of Arquero; its other
 * verbs are there with `table as unknown as ColumnTable` of its own package. https://idl.uw.edu/arquero/api/
 *
 * @template Groups the columns that rows are grouped by
 */
export interface ArqueroTable<R, Groups extends keyof R = never> extends Iterable<R> {
  numRows(): number;
  numCols(): number;
  columnNames(): string[];
  /** The column itself, as it is stored: an array, a typed array, or a dictionary with `length` and `at`. */
  column(name: keyof R & string): { readonly length: number; at(row: number): unknown } | undefined;
  get<K extends keyof R & string>(name: K, row?: number): R[K];
  array<K extends keyof R & string>(name: K): ArrayLike<R[K]> & Iterable<R[K]>;
  object(row?: number): R;
  objects(options?: { readonly limit?: number; readonly offset?: number }): R[];
  toCSV(): string;
  toJSON(): string;
  print(limit?: number): this;

  filter(criteria: Expression<R>): this;
  slice(start?: number, end?: number): this;
  orderby(...keys: Expression<R>[]): this;
  select<K extends keyof R & string>(...names: K[]): ArqueroTable<Pick<R, K>>;
  derive<E extends Expressions<R>>(values: E): ArqueroTable<Derived<R, E>, Groups & keyof Derived<R, E>>;
  groupby<K extends keyof R & string>(...names: K[]): ArqueroTable<R, K>;
  ungroup(): ArqueroTable<R>;
  rollup<E extends Expressions<R>>(values: E): ArqueroTable<Pick<R, Groups> & ResultsOf<E>>;
  count(): ArqueroTable<Pick<R, Groups> & { readonly count: number }>;
}

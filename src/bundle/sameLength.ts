/** Whether the columns of a table have as many rows each; for a schema's `refine`. */
export const sameLength = (columns: Readonly<Record<string, readonly unknown[]>>): boolean =>
  new Set(Object.values(columns).map(({ length }) => length)).size <= 1;

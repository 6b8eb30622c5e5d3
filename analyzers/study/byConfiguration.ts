import { configuration } from './configuration.js';
import type { CellFacts, Configuration } from './studyAnalysis.js';

/** Rows gathered by how their model was run, in the order in which that first comes up. */
export function byConfiguration<R extends { readonly cell: Pick<CellFacts, keyof Configuration> }>(
  rows: readonly R[],
): { readonly configuration: Configuration; readonly rows: readonly R[] }[] {
  const groups = new Map<string, { configuration: Configuration; rows: R[] }>();
  for (const row of rows) {
    const how = configuration(row.cell);
    const key = JSON.stringify(how);
    const group = groups.get(key) ?? { configuration: how, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

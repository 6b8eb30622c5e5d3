import type { CellFacts, Configuration, StudyAnalysis } from './studyAnalysis.js';

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

/** The factors of a cell without its model, so that cells that differ in nothing else can be gathered. */
export function configuration({ framework, backend, threads, simd, on }: Configuration): Configuration {
  return { framework, backend, threads, simd, on };
}

/** Whether two cells differ in nothing but their model. */
export function sameConfiguration(a: Configuration, b: Configuration): boolean {
  return a.framework === b.framework && a.backend === b.backend && a.threads === b.threads && a.simd === b.simd && a.on === b.on;
}

/**
 * Of each framework and backend the one configuration to quote first: with SIMD, the most threads, and in a worker rather than on
 * the main thread; so did the paper, which has SIMD and threads on. One that has run goes before one that has not, in a study that
 * is not finished. In the order in which the study names them.
 */
export function fullConfigurations({ cells, latency }: Pick<StudyAnalysis, 'cells' | 'latency'>): Configuration[] {
  const ran = new Set(latency.map(({ cell }) => cell.id));
  const rank = (rows: readonly { readonly cell: { readonly id: string } }[], { simd, threads, on }: Configuration): number =>
    (rows.some(({ cell }) => ran.has(cell.id)) ? 1e12 : 0) + (simd === false ? 0 : 1e9) + threads * 2 + (on === 'worker' ? 1 : 0);
  const best = new Map<string, { configuration: Configuration; rank: number }>();
  for (const { configuration, rows } of byConfiguration(cells.map((cell) => ({ cell })))) {
    const key = `${configuration.framework} ${configuration.backend}`;
    const known = best.get(key);
    const own = rank(rows, configuration);
    if (!known || own > known.rank) best.set(key, { configuration, rank: own });
  }
  return [...best.values()].map(({ configuration }) => configuration);
}

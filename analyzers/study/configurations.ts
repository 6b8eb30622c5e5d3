import type { StudyCell } from '../../src/bundle/study.js';
import { formatPlural } from '../../src/view/format.js';
import { fillOf } from '../../src/view/palette.js';

/** How a model was run: one column of the paper's tables. */
export interface Configuration extends Pick<StudyCell, 'framework' | 'backend' | 'threads' | 'simd' | 'on'> {}

/** The parts of a study that say how its models were run, and which cells have run. */
export interface Ran {
  readonly cells: readonly StudyCell[];
  readonly latency: readonly { readonly cell: { readonly id: string } }[];
}

/** Groups rows by how their model was run, in order of first appearance. */
export function byConfiguration<R extends { readonly cell: Configuration }>(
  rows: readonly R[],
): { readonly configuration: Configuration; readonly rows: readonly R[] }[] {
  const groups = new Map<string, { configuration: Configuration; rows: R[] }>();
  for (const row of rows) {
    // Without the model, so that cells that differ in nothing else are in one group.
    const { framework, backend, threads, simd, on } = row.cell;
    const configuration = { framework, backend, threads, simd, on };
    const key = JSON.stringify(configuration);
    const group = groups.get(key) ?? { configuration, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Whether two cells differ in nothing but their model. */
export function sameConfiguration(a: Configuration, b: Configuration): boolean {
  return a.framework === b.framework && a.backend === b.backend && a.threads === b.threads && a.simd === b.simd && a.on === b.on;
}

/**
 * For each framework and backend, the one configuration to quote first: with SIMD, the most threads, and in a worker rather than
 * on the main thread. The paper does the same, with SIMD and threads on. In an unfinished study, configurations that have run
 * come before those that have not. In the order in which the study names them.
 */
export function fullConfigurations({ cells, latency }: Ran): Configuration[] {
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

const FRAMEWORKS: Readonly<Record<Configuration['framework'], string>> = {
  ort: 'ORT',
  tfjs: 'TF.js',
  litert: 'LiteRT',
};
const BACKENDS: Readonly<Record<Configuration['backend'], string>> = { wasm: 'Wasm', webgl: 'WebGL', webgpu: 'WebGPU' };

/** Framework and backend as in the paper's tables: "ORT Wasm", "TF.js WebGL". */
export function configurationName({ framework, backend }: Pick<Configuration, 'framework' | 'backend'>): string {
  return `${FRAMEWORKS[framework]} ${BACKENDS[backend]}`;
}

/**
 * The other factors that the backend has: "2 threads, without SIMD, on the main thread". A worker is the default and is not
 * named.
 */
export function configurationDetails({ backend, threads, simd, on }: Configuration): string {
  return [
    ...(backend === 'wasm' ? [formatPlural(threads, 'thread')] : []),
    ...(simd === false ? ['without SIMD'] : []),
    ...(on === 'main' ? ['on the main thread'] : []),
  ].join(', ');
}

/** How a cell ran, in one line: "ORT Wasm, 2 threads". */
export function longConfiguration(configuration: Configuration): string {
  const details = configurationDetails(configuration);
  return details === '' ? configurationName(configuration) : `${configurationName(configuration)}, ${details}`;
}

/** How a cell ran, for narrow places: "TF.js Wasm 2t, no SIMD". */
export function shortConfiguration(configuration: Configuration): string {
  const { backend, threads, simd, on } = configuration;
  const count = backend === 'wasm' ? ` ${threads}t` : '';
  return `${configurationName(configuration)}${count}${simd === false ? ', no SIMD' : ''}${on === 'main' ? ', main' : ''}`;
}

/** The colour of a framework and backend in charts. */
export function configurationFill({ framework, backend }: Configuration): string {
  return fillOf('configuration', `${framework} ${backend}`);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findPackage } from '../findPackage.js';
import { packageRoot } from '../packageRoot.js';
import { NotebookError } from './notebookError.js';

/** What serves and builds notebooks. It is large, so it is installed only by who wants it: an optional peer dependency. */
export interface Stack {
  readonly vite: typeof import('vite');
  readonly notebooks: typeof import('@observablehq/notebook-kit');
  readonly kit: typeof import('@observablehq/notebook-kit/vite');
  readonly databases: typeof import('@observablehq/notebook-kit/databases');
  readonly singleFile: typeof import('vite-plugin-singlefile');
  readonly duckdb: typeof import('@duckdb/node-api');
}

/** How a package is loaded. Written out, as a bundler must see the names. */
const LOAD: { readonly [Part in keyof Stack]: () => Promise<Stack[Part]> } = {
  vite: () => import('vite'),
  notebooks: () => import('@observablehq/notebook-kit'),
  kit: () => import('@observablehq/notebook-kit/vite'),
  databases: () => import('@observablehq/notebook-kit/databases'),
  singleFile: () => import('vite-plugin-singlefile'),
  duckdb: () => import('@duckdb/node-api'),
};

/** @throws NotebookError with the line that installs what is missing, or is of another version */
export async function loadStack(load: { readonly [Part in keyof Stack]: () => Promise<Stack[Part]> } = LOAD): Promise<Stack> {
  checkVersions();
  try {
    const loaded = await Promise.all(Object.entries(load).map(async ([part, of]) => [part, await of()] as const));
    return Object.fromEntries(loaded) as unknown as Stack;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new NotebookError(`Notebooks need packages that are not installed yet. Install them once:\n\n  ${installLine()}\n`);
  }
}

const PACKAGES = [
  '@duckdb/node-api',
  '@observablehq/inputs',
  '@observablehq/notebook-kit',
  '@observablehq/plot',
  'd3',
  'htl',
  'vega',
  'vega-embed',
  'vega-interpreter',
  'vega-lite',
  'vega-lite-api',
  'vite',
  'vite-plugin-singlefile',
] as const;

const manifestSchema = z.object({ devDependencies: z.record(z.string(), z.string()) });

/**
 * Names of the packages, with the versions that this one is developed with. As optional peers they have none: npm would refuse to
 * install Inferscope into a project with another Vite.
 */
export function stackPackages(): Readonly<Record<string, string>> {
  const { devDependencies } = manifestSchema.parse(JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')));
  return Object.fromEntries(PACKAGES.map((name) => [name, devDependencies[name]!]));
}

/**
 * Checks that what is installed is of the versions that notebooks were made with.
 * @param places where it is loaded from
 * @throws NotebookError that names the first that is not
 */
export function checkVersions(places: readonly string[] = [fileURLToPath(import.meta.url)]): void {
  for (const [name, range] of Object.entries(stackPackages())) {
    const found = findPackage(name, places);
    if (found === null || majorOf(found.version) === majorOf(range)) continue;
    throw new NotebookError(
      `Notebooks need ${name} ${majorOf(range)}, and ${found.folder} is ${found.version}. Install Inferscope in another folder, and there:\n\n${installLine()}\n`,
    );
  }
}

const majorOf = (version: string): string => /\d+/.exec(version)?.[0] ?? version;

/**
 * One line for a shell. notebook-kit asks for an older DuckDB, which it does not get to use here; npm would refuse the two beside
 * each other.
 */
export function installLine(): string {
  const packages = Object.entries(stackPackages()).map(([name, range]) => `${name}@${range.replace(/^\^/, '')}`);
  return `npm install --legacy-peer-deps ${packages.join(' ')}`;
}

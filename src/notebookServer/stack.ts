import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
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

/** @throws NotebookError with the line that installs what is missing */
export async function loadStack(load: { readonly [Part in keyof Stack]: () => Promise<Stack[Part]> } = LOAD): Promise<Stack> {
  try {
    const loaded = await Promise.all(Object.entries(load).map(async ([part, of]) => [part, await of()] as const));
    return Object.fromEntries(loaded) as unknown as Stack;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new NotebookError(`Notebooks need packages that are not installed yet. Install them once:\n\n  ${installLine()}\n`);
  }
}

const manifestSchema = z.object({ peerDependencies: z.record(z.string(), z.string()) });

/** Names and versions of the packages, as package.json has them. */
export function stackPackages(): Readonly<Record<string, string>> {
  return manifestSchema.parse(JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'))).peerDependencies;
}

/**
 * One line for a shell. notebook-kit asks for an older DuckDB, which it does not get to use here; npm would refuse the two beside
 * each other.
 */
export function installLine(): string {
  const packages = Object.entries(stackPackages()).map(([name, range]) => `${name}@${range.replace(/^\^/, '')}`);
  return `npm install --legacy-peer-deps ${packages.join(' ')}`;
}

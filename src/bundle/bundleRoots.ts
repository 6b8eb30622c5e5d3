import { bundleFiles } from './bundleFiles.js';
import type { SourceFile, SourceFiles } from './sourceFile.js';

/**
 * The folders that are bundles, among the paths of files: those that hold a `run.json`; '' is the top. What lies in one of them is
 * part of it.
 */
export const bundleRoots = (paths: readonly string[]): string[] => outermost(holdersOf(bundleFiles.manifest, paths));

/** The folders that hold a file of this name. */
export const holdersOf = (name: string, paths: readonly string[]): string[] =>
  paths.flatMap((path) => (path === name ? [''] : path.endsWith(`/${name}`) ? [path.slice(0, -name.length - 1)] : []));

function outermost(holders: readonly string[]): string[] {
  return holders.filter((root) => !holders.some((other) => other !== root && isBelow(root, other))).sort();
}

/** Whether a path lies in a folder; everything lies in ''. */
export const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/** The files below one folder. Names are only compared: none of them leads anywhere else. */
export const filesBelow = (root: string, name: string, files: ReadonlyMap<string, SourceFile>): SourceFiles => ({
  name,
  file: async (path) => files.get(root === '' ? path : `${root}/${path}`) ?? null,
});

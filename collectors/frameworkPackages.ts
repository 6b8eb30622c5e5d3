import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findPackage, type InstalledPackage, packagePlaces } from '../src/findPackage.js';
import { type Framework, type FrameworkId, type FrameworkPackage, frameworks } from './frameworks.js';

/** Where a package is, and what of it a page loads. */
interface Installed extends InstalledPackage, Omit<FrameworkPackage, 'folder'> {
  /** The folder that a page loads from. */
  readonly served: string;
}

/**
 * The packages of a framework that are installed. All are of the place that has the first of them, as they have to be of one version.
 * @param places where to look, as of `findPackage`
 */
export function frameworkPackages(framework: FrameworkId, places: readonly string[] = packagePlaces()): Installed[] {
  const { packages }: Framework = frameworks[framework];
  const place = places.find((each) => findPackage(packages[0].name, [each]) !== null);
  if (place === undefined) return [];
  return packages.flatMap((each) => {
    const found = findPackage(each.name, [place]);
    return found ? [{ ...each, ...found, served: join(found.folder, each.folder ?? 'dist') }] : [];
  });
}

/** The installed version of a framework; null if it is not installed. */
export function frameworkVersion(framework: FrameworkId): string | null {
  return frameworkPackages(framework)[0]?.version ?? null;
}

/** Folders with its published scripts and Wasm modules, by the name in their URL: `/framework/<name>/`. */
export function frameworkFolders(framework: FrameworkId, places?: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(frameworkPackages(framework, places).map(({ path, served }) => [path, served]));
}

/** What is wrong with the packages of a framework, and what to install. */
export interface FrameworkLack {
  /** A sentence. */
  readonly problem: string;
  /** Names for npm, with a version where it matters. */
  readonly install: readonly string[];
}

/** Why a framework cannot run on backends with what is installed. Null: it can. */
export function frameworkLack(
  framework: FrameworkId,
  backends: readonly string[],
  places: readonly string[] = packagePlaces(),
): FrameworkLack | null {
  const { packages }: Framework = frameworks[framework];
  const installed = frameworkPackages(framework, places);
  const version = installed[0]?.version;
  const needed = packages.filter(({ script }) => backends.some((backend) => script(backend) !== null));
  const missing = needed.filter(({ name }) => !installed.some((each) => each.name === name)).map(({ name }) => name);
  if (missing.length > 0) {
    return {
      problem: `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not installed.`,
      install: missing.map((name) => (version === undefined ? name : `${name}@${version}`)),
    };
  }
  for (const { name, script, folder, served, isDependency, version: own } of installed.filter((each) =>
    needed.some(({ name }) => name === each.name),
  )) {
    if (own !== version && !isDependency) {
      const problem = `${name} is ${own} and ${packages[0].name} ${version}, in ${folder}; they have to be of one version.`;
      return { problem, install: [`${name}@${version}`] };
    }
    const files = backends.flatMap((backend) => script(backend) ?? []);
    const absent = files.find((file) => !existsSync(join(served, file)));
    if (absent !== undefined) {
      const problem = `${name} ${own} in ${folder} has no ${relative(folder, served)}/${absent}, so it is too old, or not complete.`;
      return { problem, install: [`${name}@latest`] };
    }
  }
  return null;
}

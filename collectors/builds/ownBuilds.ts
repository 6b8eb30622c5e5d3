import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { buildName } from '../../src/bundle/bisect.js';
import { frameworkFolders, frameworkLack, frameworkPackages } from '../frameworkPackages.js';
import { type Framework, type FrameworkId, frameworks } from '../frameworks.js';
import { BuildError } from './buildError.js';
import { compareVersions } from './compareVersions.js';
import type { BuildFolders } from './publishedBuild.js';

/** Builds that the user has, in the order of the search, by name. */
export type OwnBuilds = ReadonlyMap<string, BuildFolders>;

/**
 * The builds that a user names: as `name=folder` in their order, or one folder whose folders are builds, in the order of their names.
 * Each is a package of the framework as npm has it, or a folder whose `node_modules` have it, with what else it needs.
 * @throws BuildError that says which folder is no build
 */
export function ownBuilds(given: readonly string[], framework: FrameworkId, backend: string): OwnBuilds {
  const named = given.length === 1 && !given[0]!.includes('=') ? inFolder(given[0]!) : given.map(namedBuild);
  const builds = new Map<string, BuildFolders>();
  for (const { name, folder } of named) {
    if (builds.has(name)) throw new BuildError(`--builds names ${name} twice.`, true);
    requireFolder(folder);
    builds.set(name, buildIn(folder, framework, backend));
  }
  if (builds.size < 2) throw new BuildError('--builds needs two builds at least: the good one first, the bad one last.', true);
  return builds;
}

interface Named {
  readonly name: string;
  readonly folder: string;
}

function namedBuild(text: string): Named {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1)
    throw new BuildError(
      `--builds ${text.slice(0, 100)}: a build is given as name=folder, as in 1.0=path/of/a; or name one folder that holds them.`,
      true,
    );
  return { name: checkedName(text.slice(0, at)), folder: text.slice(at + 1) };
}

function inFolder(folder: string): Named[] {
  requireFolder(folder);
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && statSync(join(folder, name)).isDirectory())
    .sort(compareVersions)
    .map((name) => ({ name: checkedName(name), folder: join(folder, name) }));
}

function checkedName(name: string): string {
  if (buildName.safeParse(name).success) return name;
  throw new BuildError(`--builds: "${name.slice(0, 100)}" cannot name a build: letters, digits, points and hyphens can.`, true);
}

function requireFolder(folder: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new BuildError(`--builds: there is no folder ${folder}.`, true);
}

/** Enough of a package's manifest to know it by. */
const packageSchema = z.object({ name: z.string() });

/**
 * The build in a folder: a package of the framework as npm has it, or a folder whose `node_modules` have it.
 * @throws BuildError if it is none
 */
export function buildIn(folder: string, framework: FrameworkId, backend: string): BuildFolders {
  const { packages }: Framework = frameworks[framework];
  const needed = packages.filter(({ script }) => script(backend) !== null);
  const own = packages.find(({ name }) => name === packageName(folder));
  if (own && needed.every((each) => each === own)) {
    const script = own.script(backend)!;
    if (!existsSync(join(folder, 'dist', script)))
      throw new BuildError(`${folder} has no dist/${script}, which a page loads for --backend ${backend}. Is it built?`);
    return { [own.path]: resolve(folder, 'dist') };
  }
  const places = [join(resolve(folder), 'package.json')];
  const inside = frameworkPackages(framework, places).every((each) => each.folder.startsWith(resolve(folder) + sep));
  const lack = frameworkLack(framework, [backend], places);
  if (inside && lack === null) return frameworkFolders(framework, places);
  const names = needed.map(({ name }) => name).join(' and ');
  const also = needed.length === 1 ? `the package ${names} itself, nor ` : '';
  throw new BuildError(
    `${folder} is no build to run: it is not ${also}a folder whose node_modules have ${names}.${inside && lack ? ` ${lack.problem}` : ''}`,
  );
}

function packageName(folder: string): string | null {
  try {
    return packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).name;
  } catch {
    return null;
  }
}

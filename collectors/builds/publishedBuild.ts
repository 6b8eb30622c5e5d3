import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { z } from 'zod';
import { findPackage } from '../../src/findPackage.js';
import { frameworkFolders, frameworkLack } from '../frameworkPackages.js';
import { type Framework, type FrameworkId, frameworks } from '../frameworks.js';
import { BuildError, BuildLack } from './buildError.js';
import { npm } from './npm.js';
import { unpackPackage } from './unpackPackage.js';

/** Folders with the files of a build that pages load, by the name in their URL. */
export type BuildFolders = Readonly<Record<string, string>>;

const packedSchema = z.array(z.object({ filename: z.string() })).min(1);

/**
 * A published version of a framework: all of its packages that a backend needs. Those that are not in the cache yet are fetched by
 * npm, which checks them by the integrity that the registry names; nothing of them is run.
 * @throws BuildLack if there is no such version, or a page cannot load it
 * @throws BuildError if the registry cannot be reached
 */
export async function publishedBuild(
  framework: FrameworkId,
  backend: string,
  version: string,
  cache: string,
  signal: AbortSignal,
  ask: typeof npm = npm,
): Promise<BuildFolders> {
  const { packages }: Framework = frameworks[framework];
  const place = join(cache, `${framework}-${version}`, 'package.json');
  const modules = join(dirname(place), 'node_modules');
  // The first one tells the version, also where only a backend's own script is loaded.
  const needed = packages.filter(({ script }, number) => number === 0 || script(backend) !== null);
  for (const { name, isDependency } of needed) {
    const known = findPackage(name, [place]);
    const isThere = known?.folder.startsWith(modules + sep) && (isDependency || known.version === version);
    if (isThere) continue;
    const wanted = isDependency ? await rangeOf(name, join(modules, packages[0].name)) : version;
    await fetchPackage(name, wanted, join(modules, name), signal, ask);
  }
  const lack = frameworkLack(framework, [backend], [place]);
  if (lack !== null) throw new BuildLack(lack.problem.replace(/\.$/, ''));
  return frameworkFolders(framework, [place]);
}

const dependentSchema = z.object({ dependencies: z.record(z.string(), z.string()) });
/** It gets into a command. */
const RANGE = /^[\w.^~<>=|* -]{1,100}$/;

/** Which versions of another package a package says that it needs. @throws BuildLack if it says none */
async function rangeOf(name: string, folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const range = dependentSchema.safeParse(JSON.parse(text)).data?.dependencies[name];
  if (range === undefined || !RANGE.test(range)) throw new BuildLack(`it does not say which ${name} it needs`);
  return range;
}

/** It appears as a whole, by a rename. */
async function fetchPackage(name: string, version: string, folder: string, signal: AbortSignal, ask: typeof npm): Promise<void> {
  const partial = `${folder}-${randomUUID()}.partial`;
  try {
    await mkdir(partial, { recursive: true });
    const answer = await ask(['pack', `${name}@${version}`, '--json', '--pack-destination', partial], signal);
    const packed = packedSchema.safeParse(JSON.parse(answer.slice(Math.max(0, answer.indexOf('[')))));
    if (!packed.success) throw new BuildError(`npm does not say where it put ${name}@${version}.`);
    // npm writes "/" of a scope as "-" in the name of the file, and some of its versions do not in what they say.
    const file = join(partial, packed.data[0]!.filename.replace(/^@/, '').replaceAll('/', '-'));
    const bytes = await readFile(file);
    await rm(file);
    await unpackPackage(bytes, partial);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new BuildError(
        `${name}@${version} cannot be put into ${dirname(folder)}: ${error.message}. Free some space, or set XDG_CACHE_HOME to a folder that you can write.`,
      );
    throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

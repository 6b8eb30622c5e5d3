import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** An npm package as it is installed. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/**
 * Files from which optional packages are looked for, as Node would: in the project of the current folder first, whose version is the
 * one that its users get, and then in Inferscope's own installation.
 */
export const packagePlaces = (): readonly string[] => [join(process.cwd(), 'package.json'), fileURLToPath(import.meta.url)];

/**
 * An installed package. Its folder is looked for and not its entry, as some packages have none that could be resolved; nothing of it
 * is loaded.
 * @returns null if it is not installed
 */
export function findPackage(name: string, places: readonly string[] = packagePlaces()): InstalledPackage | null {
  for (const place of places) {
    for (const modules of createRequire(place).resolve.paths(name) ?? []) {
      const folder = join(modules, name);
      const version = versionIn(folder);
      if (version !== null) return { name, version, folder };
    }
  }
  return null;
}

/** Versions stand in commands that users copy, so nothing else passes. https://semver.org */
const manifest = z.object({ version: z.string().regex(/^\d+\.\d+\.\d+[\w.+-]*$/) });

function versionIn(folder: string): string | null {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).version;
  } catch {
    return null;
  }
}

const NATIVE = 'onnxruntime-node';

/**
 * The command that installs packages. The install script of onnxruntime-node downloads CUDA libraries on Linux, which nothing here
 * uses and a closed network refuses.
 */
export function installCommand(names: readonly string[]): string {
  return `npm install -D ${names.includes(NATIVE) ? '--ignore-scripts ' : ''}${names.join(' ')}`;
}

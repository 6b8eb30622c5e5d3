import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../src/bundle/packageRoot.js';

export interface HookScript {
  /** Name by which the collector reaches the handle, and nobody else. */
  readonly key: string;
  /** To be run in a realm before its first line. */
  readonly source: string;
}

/**
 * The bundled hook, as a script that keeps its handle in a `let` of the global scope: it is no property of the global object, so that no
 * script of the page can list it, and the name cannot be guessed. (A binding of the protocol would be a property; so would a symbol.)
 * @throws Error where dist is not built
 */
export async function hookScript(): Promise<HookScript> {
  const bundle = await readFile(join(packageRoot(), 'dist/browser/pageHook.js'), 'utf8');
  const key = `inferscope_${randomBytes(16).toString('hex')}`;
  return { key, source: `let ${key} = (() => { ${bundle}; return inferscopePageHook.installPageHook(); })();` };
}

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Installs a package of a test into a project.
 * @param files by their path in the package
 * @returns its folder
 */
export async function installed(
  project: string,
  name: string,
  facts: { readonly version: string } & Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = join(project, 'node_modules', name);
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify({ name, ...facts }), ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

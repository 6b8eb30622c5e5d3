import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The script of the page, bundled from its sources with the options that the build uses. */
export async function clientBundle(): Promise<string> {
  const options = JSON.parse(readFileSync(`${ROOT}/src/report/client/esbuild.json`, 'utf8')) as BuildOptions;
  const result = await build({ ...options, absWorkingDir: ROOT, write: false });
  return result.outputFiles![0]!.text;
}

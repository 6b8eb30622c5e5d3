import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { onTestFinished } from 'vitest';

const recorded = fileURLToPath(new URL('../../traces/recorded', import.meta.url));

/** Names of the bundles in traces/recorded. */
export async function recordedNames(): Promise<readonly string[]> {
  const entries = await readdir(recorded, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** A bundle of traces/recorded as `trace collect` leaves one, its modules unpacked, in a folder that is gone after the test. */
export async function unpackRecorded(name: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'inferscope-recorded-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const packed = join(recorded, name);
  const folder = join(root, name);
  await cp(packed, folder, { recursive: true, filter: (path) => !path.endsWith('.wasm.gz') });
  await mkdir(join(folder, 'modules'), { recursive: true });
  for (const file of await readdir(join(packed, 'modules'))) {
    const bytes = await promisify(gunzip)(await readFile(join(packed, 'modules', file)));
    await writeFile(join(folder, 'modules', file.slice(0, -'.gz'.length)), bytes);
  }
  return folder;
}

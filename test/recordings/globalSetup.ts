import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { listing } from './listing.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where recordings that tests share are kept for as long as the tests run. */
    recordings: string;
  }
}

/** Makes the place for recordings that tests share; each is made when a test first asks for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = await mkdtemp(join(tmpdir(), 'inferscope-recordings-'));
  project.provide('recordings', root);
  return async () => {
    try {
      for (const name of (await readdir(root)).filter((file) => file.endsWith('.json'))) await expectUntouched(root, name);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  };
}

/** What one test wrote into a recording, another would have seen. */
async function expectUntouched(root: string, name: string): Promise<void> {
  const { files } = JSON.parse(await readFile(join(root, name), 'utf8')) as { files: string[] };
  const now = await listing(join(root, name.slice(0, -'.json'.length)));
  const other = now.find((file) => !files.includes(file)) ?? files.find((file) => !now.includes(file));
  if (other) throw new Error(`A test wrote into the shared recording ${name}: ${other}. Take a copy of it: copyOf().`);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A fresh folder for all tests of a file, there from `beforeAll` on and gone when they are over. */
export function suiteFolder(): () => string {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inferscope-suite-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}

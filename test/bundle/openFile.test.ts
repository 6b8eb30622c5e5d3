import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BundleError, bundleFiles } from '../../src/bundle/bundleFiles.js';
import { createBundle } from '../../src/bundle/bundleWriter.js';
import { openFile, readWhole } from '../../src/bundle/openFile.js';
import { readBundle } from '../../src/bundle/readBundle.js';
import { readTraceFile } from '../../src/bundle/readTraceFile.js';
import { loadInput } from '../../src/loadInput.js';
import { TraceError } from '../../src/trace/traceError.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { buildManifest } from './buildManifest.js';
import { specialFiles } from './special.js';

test('a regular file is read', async () => {
  const path = join(await temporaryFolder(), 'a');
  await writeFile(path, 'text');
  expect((await readWhole(path)).toString()).toBe('text');
});

// Who opens a pipe that nobody writes to waits: the test would not end.
test.skipIf(process.platform === 'win32')(
  'what is no regular file is refused at once, by what it is',
  { timeout: 20_000 },
  async () => {
    const folder = await temporaryFolder();
    const { pipe, socket } = await specialFiles(folder);
    await expect(openFile(pipe)).rejects.toThrow('it is a named pipe (FIFO), and no regular file');
    await expect(openFile(socket)).rejects.toThrow('it is a socket');
    await expect(openFile('/dev/zero')).rejects.toThrow('it is a device');
    await expect(readWhole(folder)).rejects.toThrow('it is a folder');
    await expect(readTraceFile(pipe)).rejects.toThrow(`${pipe}: is a named pipe (FIFO). Save the trace in a file`);
    await expect(readTraceFile('/dev/zero')).rejects.toThrow(TraceError);
    await expect(loadInput(pipe)).rejects.toThrow(TraceError);
  },
);

test.skipIf(process.platform === 'win32')('a pipe in a bundle does not hold up who reads it', { timeout: 20_000 }, async () => {
  const folder = join(await temporaryFolder(), 'bundle');
  await (await createBundle(folder)).manifest(buildManifest());
  const { pipe } = await specialFiles(folder);
  await rename(pipe, join(folder, bundleFiles.gpu));
  await expect(readBundle(folder)).rejects.toThrow(BundleError);
  await expect(readBundle(folder)).rejects.toThrow(/gpu\.json cannot be read: it is a named pipe/);
  await rename(join(folder, bundleFiles.gpu), join(folder, bundleFiles.trace));
  expect((await readBundle(folder)).trace).toBeNull();
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleFiles } from '../../src/bundle/bundleFiles.js';
import { createBundle } from '../../src/bundle/bundleWriter.js';
import type { QoeLog } from '../../src/bundle/qoeLog.js';
import { roundFolder } from '../../src/bundle/qoeLog.js';
import { loadInput } from '../../src/loadInput.js';
import { log } from '../analyzers/qoe/buildRounds.js';
import { temporaryFolder } from '../models/temporaryFolder.js';
import { buildManifest } from './buildManifest.js';

/** Text that a trace needs so much memory for, at least. */
const TEXT_BYTES = 200_000;

async function bundleOf(count: number): Promise<string> {
  const folder = join(await temporaryFolder(), 'bundle');
  const writer = await createBundle(folder);
  await writer.manifest(buildManifest());
  const rounds = Array.from({ length: count }, (_, round): QoeLog['rounds'][number] => ({
    round,
    condition: 'none',
    seconds: 1,
    inferencesMs: [],
    operations: [],
    scriptedMs: [],
    animationFrames: 0,
    video: null,
  }));
  await writer.qoe({ ...log, rounds });
  for (const round of rounds) {
    const own = join(writer.qoeFolder, roundFolder(round));
    await mkdir(own, { recursive: true });
    const event = { ph: 'X', name: 'x'.repeat(TEXT_BYTES), cat: 'c', pid: 1, tid: 1, ts: 1, dur: 1 };
    await writeFile(join(own, bundleFiles.trace), JSON.stringify({ traceEvents: [event] }));
  }
  return folder;
}

test('the traces of all rounds together take no more memory than the limit, as they are held at once', async () => {
  const limits = { maxTableBytes: 30 * TEXT_BYTES };
  expect((await loadInput(await bundleOf(1), limits)).qoe!.recorded).toHaveLength(1);
  await expect(loadInput(await bundleOf(40), limits)).rejects.toThrow(/need more memory than the limit of 6\.00 MB/);
});

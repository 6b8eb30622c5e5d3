import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
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

function textOf(): string {
  const event = { ph: 'X', name: 'x'.repeat(TEXT_BYTES), cat: 'c', pid: 1, tid: 1, ts: 1, dur: 1 };
  return JSON.stringify({ traceEvents: [event] });
}

/** @param trace what is in the file of a round's trace */
async function bundleOf(count: number, trace: (round: number) => string | Buffer = textOf): Promise<string> {
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
    await writeFile(join(own, bundleFiles.trace), trace(round.round));
  }
  return folder;
}

test('the traces of all rounds together take no more memory than the limit, as they are held at once', async () => {
  const limits = { maxTableBytes: 30 * TEXT_BYTES };
  expect((await loadInput(await bundleOf(1), limits)).qoe!.recorded).toHaveLength(1);
  await expect(loadInput(await bundleOf(40), limits)).rejects.toThrow(/need more memory than the limit of 6\.00 MB/);
});

describe('a trace of a round that cannot be read', () => {
  const problemOf = async (trace: string | Buffer): Promise<string> => {
    const { recorded } = (await loadInput(await bundleOf(2, (round) => (round === 1 ? trace : textOf())))).qoe!;
    expect('trace' in recorded[0]!).toBe(true);
    return 'problem' in recorded[1]! ? recorded[1].problem : '';
  };

  test.each([
    ['is empty', '', /^Not a trace: it is empty \(0 bytes\)$/],
    ['is text', 'not a trace', /^Not a trace: .*text that is not JSON$/],
    ['is gzip that is damaged at its begin', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5]), /^Not a trace: [^.]*$/],
    ['is another document', '{"schema":"inferscope.qoe/1"}', /^Not a trace: [^.]*$/],
  ])('that %s leaves the others as they are', async (_, trace, problem) => {
    expect(await problemOf(trace)).toMatch(problem);
  });

  test('does not keep the run from being analyzed, and is told', async () => {
    const analysis = analyze(await loadInput(await bundleOf(1, () => 'not a trace')));
    expect(analysis.notes.find(({ id }) => id === 'no-qoe-rounds')!.text).toMatch(/Left out: 0-none \(.*text that is not JSON/);
  });

  test('nor do broken records of the scheduler', async () => {
    const folder = await bundleOf(1);
    await writeFile(join(folder, bundleFiles.qoe, '0-none', bundleFiles.scheduling), '{"schema":');
    const [round] = (await loadInput(folder)).qoe!.recorded;
    expect('problem' in round! ? round.problem : '').toMatch(/sched\.json is not valid JSON/);
  });

  test('does, where it is the trace of the run itself', async () => {
    const folder = await bundleOf(1);
    await writeFile(join(folder, bundleFiles.trace), 'not a trace');
    await expect(loadInput(folder)).rejects.toThrow(/text that is not JSON/);
  });
});

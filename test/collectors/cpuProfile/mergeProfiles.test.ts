import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { mergeProfiles } from '../../../collectors/cpuProfile/mergeProfiles.js';
import { readTraceFile } from '../../../src/bundle/readTraceFile.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';
import { event, traceText } from '../../trace/buildTrace.js';
import { buildProfile, frame } from './buildProfile.js';

const mark = (name: string, ts: number, tid: number) => event.instant(name, ts, { tid, cat: 'blink.user_timing', s: 't' });

async function traceFile(text: string): Promise<string> {
  const path = join(await temporaryFolder(), 'trace.json.gz');
  await writeFile(path, gzipSync(text));
  return path;
}

test('puts each profile on the thread that left its mark, and leaves the rest of the trace as it was', async () => {
  const text = traceText(
    [mark('inferscope:thread:b', 50, 21), mark('inferscope:thread:a', 60, 20), event.complete('Task', 70, 5)],
    {
      metadata: { 'clock-domain': 'LINUX_CLOCK_MONOTONIC' },
    },
  );
  const path = await traceFile(text);
  const profiles = ['a', 'b', 'never marked'].map((name, i) => ({
    mark: `inferscope:thread:${name}`,
    profile: buildProfile(100 * (i + 1), [frame('(root)'), frame(name, 'http://page/app.js', 0, 0)], [1, 1], [1, 1]),
  }));
  expect(await mergeProfiles(path, profiles, [])).toEqual({ threads: 2, samples: 4, dropped: null });

  const { samples, threads, callFrames } = (await readTraceFile(path)).tables;
  const seen = Array.from({ length: samples.length }, (_, row) => {
    const { thread, atUs, frame: at } = samples.columns;
    return `${threads.columns.tid[thread[row]!]} ${atUs[row]} ${callFrames.columns.function.at(at[row]!)}`;
  });
  expect(seen.sort()).toEqual(['20 101 a', '20 102 a', '21 201 b', '21 202 b']);
  const { traceEvents, ...rest } = JSON.parse(gunzipSync(await readFile(path)).toString());
  const { traceEvents: before, ...restBefore } = JSON.parse(text);
  expect(traceEvents.slice(-before.length)).toEqual(before);
  expect(rest).toEqual(restBefore);
});

test('leaves the file alone where no thread left a mark', async () => {
  const path = await traceFile(traceText([event.complete('Task', 1, 1)]));
  const before = await readFile(path);
  const profile = buildProfile(0, [frame('(root)')], [0], [1]);
  expect(await mergeProfiles(path, [{ mark: 'inferscope:thread:a', profile }], [])).toEqual({
    threads: 0,
    samples: 0,
    dropped: null,
  });
  expect(await readFile(path)).toEqual(before);
});

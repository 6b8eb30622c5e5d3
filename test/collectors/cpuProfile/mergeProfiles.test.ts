import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { mergeProfiles } from '../../../collectors/cpuProfile/mergeProfiles.js';
import { SAMPLING_STARTS } from '../../../collectors/cpuProfile/threadsOfProfiles.js';
import { readTraceFile } from '../../../src/bundle/readTraceFile.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';
import { event, traceText } from '../../trace/buildTrace.js';
import { buildProfile, frame } from './buildProfile.js';

const starts = (ts: number, tid: number, pid = 1) => event.complete(SAMPLING_STARTS, ts, 40, { tid, pid, cat: 'v8' });

async function traceFile(text: string): Promise<string> {
  const path = join(await temporaryFolder(), 'trace.json.gz');
  await writeFile(path, gzipSync(text));
  return path;
}

test('puts each profile on the thread that began to be sampled then, and leaves the rest of the trace as it was', async () => {
  const text = traceText([starts(200_003, 21), starts(100_030, 20), event.complete('Task', 70, 5)], {
    metadata: { 'clock-domain': 'LINUX_CLOCK_MONOTONIC' },
  });
  const path = await traceFile(text);
  const profiles = ['a', 'b', 'of no thread'].map((name, target) => ({
    target,
    profile: buildProfile(100_000 * (target + 1), [frame('(root)'), frame(name, 'http://page/app.js', 0, 0)], [1, 1], [1, 1]),
  }));
  expect(await mergeProfiles(path, profiles, [])).toEqual({ threads: 2, samples: 4, unknown: 1, dropped: null });

  const { samples, threads, callFrames } = (await readTraceFile(path)).tables;
  const seen = Array.from({ length: samples.length }, (_, row) => {
    const { thread, atUs, frame: at } = samples.columns;
    return `${threads.columns.tid[thread[row]!]} ${atUs[row]} ${callFrames.columns.function.at(at[row]!)}`;
  });
  expect(seen.sort()).toEqual(['20 100001 a', '20 100002 a', '21 200001 b', '21 200002 b']);
  const { traceEvents, ...rest } = JSON.parse(gunzipSync(await readFile(path)).toString());
  const { traceEvents: before, ...restBefore } = JSON.parse(text);
  expect(traceEvents.slice(-before.length)).toEqual(before);
  expect(rest).toEqual(restBefore);
});

test('leaves the file alone where no thread is known', async () => {
  const path = await traceFile(traceText([event.complete('Task', 1, 1)]));
  const before = await readFile(path);
  const profile = buildProfile(0, [frame('(root)')], [0], [1]);
  expect(await mergeProfiles(path, [{ target: 0, profile }], [])).toEqual({
    threads: 0,
    samples: 0,
    unknown: 1,
    dropped: null,
  });
  expect(await readFile(path)).toEqual(before);
});

test('drops the processes of other pages and what was over before the time asked for, with the names that they gave', async () => {
  const name = (pid: number, text: string) => event.metadata('process_name', { name: text }, { pid });
  const path = await traceFile(
    traceText([
      name(1, 'Renderer'),
      name(2, 'Renderer'),
      name(3, 'GPU Process'),
      event.metadata('process_labels', { labels: 'My bank' }, { pid: 2 }),
      starts(60, 10),
      event.complete('early', 10, 5),
      event.complete('spanning', 10, 50),
      event.complete('kept', 70, 5),
      event.complete('foreign', 70, 5, { pid: 2 }),
      event.complete('device', 70, 5, { pid: 3 }),
    ]),
  );
  const profile = buildProfile(55, [frame('(root)')], [0], [1]);
  await mergeProfiles(path, [{ target: 0, profile }], [], { dropsOtherPages: true, fromUs: 50 });
  const text = gunzipSync(await readFile(path)).toString();
  const names = (JSON.parse(text).traceEvents as { ph: string; name: string }[])
    .filter(({ ph }) => ph === 'X')
    .map((one) => one.name);
  expect(names).toEqual([SAMPLING_STARTS, 'spanning', 'kept', 'device']);
  expect(text).not.toContain('My bank');
});

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { addEvents } from '../../../collectors/chromeTrace/addEvents.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';

async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'trace.json.gz');
  await writeFile(path, bytes);
  return path;
}

test('puts events before those of the trace, which may be of any size', async () => {
  const old = Array.from({ length: 20_000 }, (_, ts) => ({ name: `event ${ts}`, ph: 'I', ts }));
  const path = await fileOf(gzipSync(JSON.stringify({ traceEvents: old, metadata: { a: 1 } })));
  await addEvents(path, [{ name: 'one' }, { name: 'two' }]);
  const text = gunzipSync(await readFile(path)).toString();
  expect(JSON.parse(text)).toEqual({ traceEvents: [{ name: 'one' }, { name: 'two' }, ...old], metadata: { a: 1 } });
});

test('leaves out on the way what is to be dropped', async () => {
  const polling = { name: 'QueryVk::getResult', ph: 'X', ts: 5, dur: 1 };
  const path = await fileOf(gzipSync(JSON.stringify({ traceEvents: [polling, { name: 'old' }, polling] })));
  await addEvents(path, [{ name: 'one' }], ({ name }) => name === polling.name);
  expect(JSON.parse(gunzipSync(await readFile(path)).toString())).toEqual({ traceEvents: [{ name: 'one' }, { name: 'old' }] });
});

test.each([null, () => false])('leaves a cut file as it was, whether it looks for events or not', async (drops) => {
  const bytes = gzipSync(JSON.stringify({ traceEvents: [{ name: 'old' }] })).subarray(0, 30);
  const path = await fileOf(bytes);
  await expect(addEvents(path, [{ name: 'one' }], drops)).rejects.toThrow();
  expect(await readFile(path)).toEqual(Buffer.from(bytes));
  expect(await readdir(dirname(path))).toEqual(['trace.json.gz']);
});

test.each([
  ['does not begin as Chrome’s traces do', gzipSync('[{"name":"old"}]')],
  ['is shorter than their beginning', gzipSync('{')],
  ['is cut', gzipSync(JSON.stringify({ traceEvents: [{ name: 'old' }] })).subarray(0, 30)],
])('leaves a file that %s as it was', async (_, bytes) => {
  const path = await fileOf(bytes);
  await expect(addEvents(path, [{ name: 'one' }])).rejects.toThrow();
  expect(await readFile(path)).toEqual(Buffer.from(bytes));
  expect(await readdir(dirname(path))).toEqual(['trace.json.gz']);
});

import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HarnessServer, serveHarness } from '../../../collectors/harness/server.js';
import { suiteFolder } from '../suiteFolder.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const nothing = { modelPath: '', externalData: [], inputs: [], frameworkFolders: {}, scriptFolder: '', isolated: true };
const SECRET = 'the secret beside the folders';
let server: HarnessServer;
const root = suiteFolder();

beforeAll(async () => {
  for (const folder of ['framework', 'scripts', 'framework/deep']) await mkdir(join(root(), folder), { recursive: true });
  await writeFile(join(root(), 'secret.txt'), SECRET);
  await writeFile(join(root(), 'framework/ort.mjs'), 'export {};');
  await writeFile(join(root(), 'framework/ort.wasm'), 'wasm');
  await writeFile(join(root(), 'framework/deep/inner.js'), SECRET);
  await writeFile(join(root(), 'scripts/main.js'), 'main');
  await writeFile(join(root(), 'model.onnx'), 'model');
  await writeFile(join(root(), 'weights'), 'weights');
  await writeFile(join(root(), 'my.webm'), '0123456789');
  server = await serveHarness({
    modelPath: join(root(), 'model.onnx'),
    externalData: [{ path: join(root(), 'weights') }],
    inputs: [Uint8Array.from([1, 2, 3])],
    frameworkFolders: { ort: join(root(), 'framework') },
    scriptFolder: join(root(), 'scripts'),
    videoPath: join(root(), 'my.webm'),
    isolated: true,
  });
});
afterAll(() => server.close());

/** Sends the path as it is: fetch would tidy it up first. */
function ask(
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(server.origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}

test.each<[string, string, string]>([
  ['/', 'text/html', '/harness/main.js'],
  ['/harness/main.js', 'text/javascript', 'main'],
  ['/framework/ort/ort.mjs', 'text/javascript', 'export'],
  ['/framework/ort/ort.wasm', 'application/wasm', 'wasm'],
  ['/model', 'application/octet-stream', 'model'],
  ['/external/0', 'application/octet-stream', 'weights'],
  ['/own-video', 'video/webm', '0123456789'],
  ['/input/0', 'application/octet-stream', '\u0001\u0002\u0003'],
])('%s is served as %s, isolated and not to be kept', async (path, type, body) => {
  const answer = await ask(path);
  expect(answer.status).toBe(200);
  expect(answer.body).toContain(body);
  expect(answer.headers).toMatchObject({
    'content-type': type,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
});

test.each([
  '/framework/ort/../secret.txt',
  '/framework/ort/..%2fsecret.txt',
  '/framework/ort/%2e%2e/secret.txt',
  '/framework/ort/..\\secret.txt',
  '/framework/ort/....//secret.txt',
  '/framework/ort//../../secret.txt',
  '/framework/ort/deep/inner.js',
  '/framework/ort/deep',
  '/framework/ort/.',
  '/framework/ort/..',
  '/framework/ort/',
  '/framework/ort',
  '/framework/toString/main.js',
  '/framework/..',
  '/framework/',
  '/framework',
  '/harness/../../secret.txt',
  '/harness/../framework/ort/ort.mjs',
  '/harness/%00',
  '/secret.txt',
  '/../secret.txt',
  '//secret.txt/x',
  '/external/1',
  '/external/-1',
  '/external/__proto__',
  '/external/length',
  '/external/../0/../secret.txt',
  '/input/1',
  '/input/length',
  '/input/constructor',
  '/output/0',
  '/module/0',
])('nothing is found at %s', async (path) => {
  const { status, body } = await ask(path);
  expect(body).not.toContain(SECRET);
  expect([status, path]).toEqual([path.startsWith('//') ? status : 404, path]);
});

describe('of the video a part is served', () => {
  test.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=0-99', '0123456789', 'bytes 0-9/10'],
  ])('for %s', async (range, body, contentRange) => {
    const answer = await ask('/own-video', { headers: { Range: range } });
    expect([answer.status, answer.body, answer.headers['content-range']]).toEqual([206, body, contentRange]);
    expect(answer.headers).toMatchObject({ 'content-length': String(body.length), 'accept-ranges': 'bytes' });
  });

  test.each(['bytes=10-', 'bytes=5-2', 'bytes=-0'])('and none for %s, which it has not', async (range) => {
    const { status, headers } = await ask('/own-video', { headers: { Range: range } });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */10']);
  });

  test.each(['bytes=1-2,4-5', 'bytes=-', 'bytes=a-b', 'lines=1-2'])('and all of it for %s', async (range) => {
    expect(await ask('/own-video', { headers: { Range: range } })).toMatchObject({ status: 200, body: '0123456789' });
  });

  test('that was named, and no other; none where none was', async () => {
    for (const path of ['/own-video/../secret.txt', '/own-video/%2e%2e/secret.txt']) {
      expect((await ask(path)).body).not.toContain(SECRET);
    }
    const bare = await serveHarness(nothing);
    expect((await fetch(`${bare.origin}/own-video`)).status).toBe(404);
    await bare.close();
  });
});

describe('what is posted', () => {
  test('is kept until it is taken, once', async () => {
    expect((await ask('/output/0', { method: 'POST', body: 'tensor' })).status).toBe(204);
    expect(Buffer.from(server.take('/output/0')!).toString()).toBe('tensor');
    expect(server.take('/output/0')).toBeUndefined();
  });

  test.each(['/', '/model', '/input/0', '/framework/ort/ort.mjs', '/else/0'])('is refused at %s', async (path) => {
    expect((await ask(path, { method: 'POST', body: 'x' })).status).toBe(404);
    expect(server.take(path)).toBeUndefined();
  });

  test('is refused before it is read if it is larger than any tensor may be', async () => {
    const headers = { 'Content-Length': String(2 ** 31) };
    const { hostname, port } = new URL(server.origin);
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request({ hostname, port, path: '/output/1', method: 'POST', headers, agent: false }, (response) => {
        resolve(response.statusCode!);
        sent.destroy();
      });
      sent.on('error', reject).flushHeaders();
    });
    expect(status).toBe(413);
  });
});

describe('others', () => {
  test.each([
    ['another site’s page', { Origin: 'https://example.org' }],
    ['a page without an origin', { Origin: 'null' }],
    ['a name that leads here (DNS rebinding)', { Host: 'example.org' }],
  ])('%s may neither read nor post', async (_, headers) => {
    expect((await ask('/model', { headers })).status).toBe(403);
    expect((await ask('/output/7', { headers, method: 'POST', body: 'x' })).status).toBe(403);
    expect(server.take('/output/7')).toBeUndefined();
  });

  test('on the network cannot reach it: it listens on 127.0.0.1 only', async () => {
    const { hostname, port } = new URL(server.origin);
    expect(hostname).toBe('127.0.0.1');
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const { address, family, internal } of addresses) {
      if (family !== 'IPv4' || internal) continue;
      const reached = await new Promise((resolve) => {
        const socket = connect({ host: address, port: Number(port) });
        socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
        socket.setTimeout(2000, () => resolve(false));
      });
      expect([address, reached]).toEqual([address, false]);
    }
  });
});

test('without isolation no document carries its headers', async () => {
  const open = await serveHarness({ ...nothing, isolated: false });
  const { headers } = await fetch(open.origin);
  expect([headers.get('cross-origin-opener-policy'), headers.get('cross-origin-embedder-policy')]).toEqual([null, null]);
  await open.close();
});

test('closing does not wait for connections that are kept open', async () => {
  const brief = await serveHarness(nothing);
  const { hostname, port } = new URL(brief.origin);
  const socket = connect({ host: hostname, port: Number(port) });
  await new Promise((resolve) => socket.once('connect', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  await brief.close();
  await closed;
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diskFile } from '../../src/bundle/disk.js';
import { serveOnce } from '../../src/cli/serveOnce.js';

let folder: string;
const bytes = Buffer.alloc(300_000, 7);
const origin = 'https://ui.perfetto.dev';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inferscope-serve-'));
  await writeFile(join(folder, 'trace.json.gz'), bytes);
  await writeFile(join(folder, 'secret'), 'secret');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const serve = async () => serveOnce(await diskFile(join(folder, 'trace.json.gz')), 'trace.json.gz', origin, 0);

test('one file is served whole to pages of one origin, and it is told when it was fetched', async () => {
  const served = await serve();
  try {
    const head = await fetch(served.url, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(bytes.length));
    const response = await fetch(served.url);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    await served.fetched;
  } finally {
    await served.close();
  }
});

test('nothing else is served, and nothing at all under another name of this machine', async () => {
  const served = await serve();
  try {
    const base = new URL(served.url);
    for (const path of ['/', '/secret', '/../secret', '/%2e%2e/secret', '/trace.json.gz?x', '//trace.json.gz']) {
      expect(await statusOf(base, { path })).toBe(404);
    }
    expect(await statusOf(base, { path: base.pathname, method: 'POST' })).toBe(404);
    expect(await statusOf(base, { path: base.pathname, headers: { host: 'evil.example' } })).toBe(404);
    expect(await statusOf(base, { path: base.pathname, method: 'OPTIONS' })).toBe(204);
  } finally {
    await served.close();
  }
});

/** As it is: `fetch` would tidy the path. */
function statusOf(base: URL, options: { path: string; method?: string; headers?: Record<string, string> }): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: base.port, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
}

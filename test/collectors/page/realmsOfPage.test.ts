import { expect, test } from 'vitest';
import { countRealms } from '../../../collectors/page/realmsOfPage.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';

const browserWith = (targetInfos: unknown): ProtocolSession => ({ on: () => {}, send: async () => ({ targetInfos }) });
const silent: ProtocolSession = { on: () => {}, send: () => Promise.reject(new Error('gone')) };
const page = { browser: browserWith([]), opened: 'launched', url: 'http://a/' } as const;

test('workers and frames are counted by kind and address, and those of the document before are forgotten', async () => {
  const realms = countRealms();
  realms.made('worker', 'http://a/before.js');
  realms.leave();
  realms.made('worker', 'http://a/pool.js');
  realms.made('worker', 'http://a/pool.js');
  realms.made('worker', 'blob:http://a/5f0c');
  realms.made('worker', 'blob:http://a/7d21');
  realms.made('worker', `data:text/javascript,${'x'.repeat(9000)}`);
  realms.made('iframe', 'http://b/');
  realms.made('worklet', 'http://a/audio.js');
  realms.made('__proto__', 'http://a/');
  expect(await realms.read(page)).toEqual([
    { kind: 'dedicated', url: 'http://a/pool.js', count: 2 },
    { kind: 'dedicated', url: 'blob:http://a', count: 2 },
    { kind: 'dedicated', url: 'data:', count: 1 },
    { kind: 'frame', url: 'http://b/', count: 1 },
  ]);
});

test('shared and service workers are those of the page’s origin, where the browser has other tabs', async () => {
  const browser = browserWith([
    { type: 'page', url: 'http://a/' },
    { type: 'service_worker', url: 'http://a/sw.js' },
    { type: 'shared_worker', url: 'http://other/shared.js' },
  ]);
  const kinds = async (opened: 'launched' | 'attached') =>
    (await countRealms().read({ browser, opened, url: 'http://a/app' })).map(({ kind }) => kind);
  expect(await kinds('attached')).toEqual(['service']);
  expect(await kinds('launched')).toEqual(['service', 'shared']);
});

test('a browser that does not answer leaves those that were seen, and their number is bounded', async () => {
  const realms = countRealms();
  for (let i = 0; i < 200; i++) realms.made('worker', `http://a/${i}`);
  expect(await realms.read({ ...page, browser: silent })).toHaveLength(50);
  expect(await countRealms().read({ ...page, browser: browserWith('nonsense') })).toEqual([]);
});

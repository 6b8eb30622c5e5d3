import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { askVersion } from '../../../collectors/attach/askVersion.js';
import { attachEffects } from '../../../collectors/attach/attachEffects.js';
import { findEndpoint } from '../../../collectors/attach/findEndpoint.js';

const has6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listening(server: Server, host: string, port = 0): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket)).listen(port, host);
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}
const serving = (listener: RequestListener, host = '127.0.0.1', port = 0) => listening(createHttpServer(listener), host, port);
const meeting = (meet: (socket: Socket) => void) =>
  listening(
    createServer((socket) => {
      socket.on('error', () => {});
      meet(socket);
    }),
    '127.0.0.1',
  );

/** A machine whose profile folders hold nothing, so that nothing but the address is known. */
const effects = (limitMs = 5000) => ({
  ...attachEffects(),
  folders: [],
  version: (origin: string) => askVersion(origin, limitMs),
});
const find = (endpoint: string, limitMs?: number) => findEndpoint({ endpoint, allowRemote: true }, effects(limitMs));
const browser: RequestListener = (_, response) =>
  response.end('{"Browser":"Chrome/156.0.0.0","webSocketDebuggerUrl":"ws://localhost/devtools/browser/aa-1"}');

describe.skipIf(!has6)('on the IPv6 loopback (skipped where the machine has none)', () => {
  test('a browser is found by its port, on localhost, and at [::1]', async () => {
    const port = await serving(browser, '::1');
    for (const endpoint of [`${port}`, `localhost:${port}`, `http://localhost:${port}/json/version`, `[::1]:${port}`])
      expect(await find(endpoint)).toBe(`ws://[::1]:${port}/devtools/browser/aa-1`);
    await expect(find(`127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('a browser is found beside a web server that has its port on 127.0.0.1', async () => {
    const port = await serving((_, response) => response.end('<title>My app</title>'));
    await serving(browser, '::1', port);
    expect(await find(`${port}`)).toBe(`ws://[::1]:${port}/devtools/browser/aa-1`);
  });

  test('a browser is found by the file of its profile, which names no address', async () => {
    const port = await serving(browser, '::1');
    const files = {
      ...effects(),
      folders: [{ browser: 'Chrome', folder: '/home/ada/.config/google-chrome' }],
      readText: async () => `${port}\n/devtools/browser/aa-1`,
    };
    expect(await findEndpoint({ endpoint: undefined, allowRemote: false }, files)).toBe(
      `ws://[::1]:${port}/devtools/browser/aa-1`,
    );
  });
});

describe('says what answered in place of a browser, and what to do', () => {
  test('a web server with a page, and one without', async () => {
    const page = await serving((_, response) => response.end('<!doctype html><html><head><title>My app\u001b[2J</title>'));
    await expect(find(`${page}`)).rejects.toMatchObject({
      code: 'not-a-browser',
      message: expect.stringMatching(
        /^At 127\.0\.0\.1:\d+ a web server answers, not a browser \(\/json\/version: status 200, the page "My app\\x1b\[2J"\)\. .*not of the page.*--remote-debugging-port/,
      ),
    });
    const moved = await serving((_, response) => response.writeHead(302, { location: 'http://example.com/' }).end());
    await expect(find(`${moved}`)).rejects.toMatchObject({ message: expect.stringContaining('status 302, something else') });
    const missing = await serving((_, response) => response.writeHead(404).end('<html>Not found'));
    await expect(find(`${missing}`)).rejects.toMatchObject({
      code: 'not-a-browser',
      message: expect.stringMatching(
        /status 404.*It is a web server, or a browser .*chrome:\/\/inspect.*--remote-debugging-port/,
      ),
    });
  });

  test('the debugger of Node.js, and of others', async () => {
    const node = await serving((_, response) => response.end('{"Browser":"node.js/v22.1.0","Protocol-Version":"1.1"}'));
    await expect(find(`${node}`)).rejects.toMatchObject({
      code: 'not-a-browser',
      message: expect.stringMatching(/a Node\.js process listens for its debugger \(node\.js\/v22\.1\.0, node --inspect\)/),
    });
    const other = await serving((_, response) => response.end('{"Browser":"Deno/v2.0.0"}'));
    await expect(find(`${other}`)).rejects.toMatchObject({
      message: expect.stringMatching(/"Deno\/v2\.0\.0" listens for a debugger, and offers no WebSocket of a browser/),
    });
  });

  test('a program that speaks no HTTP, with its first words', async () => {
    const ssh = await meeting((socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\nmore'));
    await expect(find(`${ssh}`)).rejects.toMatchObject({
      code: 'not-a-browser',
      message: expect.stringMatching(
        /is not a browser: it speaks no HTTP \("SSH-2\.0-OpenSSH_9\.6"\)\. .*--remote-debugging-port/,
      ),
    });
    const plain = await serving(browser);
    await expect(find(`https://127.0.0.1:${plain}`)).rejects.toMatchObject({
      message: expect.stringContaining('speaks no HTTPS'),
    });
  });

  test('one that hangs up, as a forwarded port does with nothing behind it', async () => {
    const tunnel = await meeting((socket) => socket.once('data', () => socket.destroy()));
    await expect(find(`${tunnel}`)).rejects.toMatchObject({
      code: 'not-a-browser',
      message: expect.stringMatching(/hangs up without a word\. If it is a forwarded port/),
    });
  });

  test('one that takes the connection and says nothing, and one that never comes to an end', async () => {
    const mute = await meeting(() => {});
    await expect(find(`${mute}`, 300)).rejects.toMatchObject({
      code: 'not-a-browser',
      message: expect.stringMatching(/takes the connection and says nothing for 0\.3 s/),
    });
    const endless = await serving((_, response) => response.write('<title>stream</title>'));
    await expect(find(`${endless}`, 300)).rejects.toMatchObject({ message: expect.stringContaining('the page "stream"') });
    const flood = await serving((_, response) => {
      const more = (): void => void (response.destroyed || response.write('x'.repeat(1 << 16), () => more()));
      more();
    });
    await expect(find(`${flood}`)).rejects.toMatchObject({ message: expect.stringContaining('a web server answers') });
  });

  test('a Chrome that is called by a name', async () => {
    const port = await serving((_, response) =>
      response.writeHead(500).end('Host header is specified and is not an IP address or localhost.'),
    );
    const answer = await askVersion(`http://127.0.0.1:${port}`, 5000);
    const named = { ...effects(), version: async () => answer };
    await expect(findEndpoint({ endpoint: 'gpu-box:9222', allowRemote: true }, named)).rejects.toMatchObject({
      code: 'name-refused',
      message: expect.stringMatching(
        /^The browser at gpu-box:9222 refuses to be called by the name gpu-box: .*IP address in its place.*ssh -L 9222:127\.0\.0\.1:9222 gpu-box, then trace collect --attach 9222\.$/,
      ),
    });
  });

  test('nobody', async () => {
    const port = await serving(browser);
    for (const close of closers.splice(0)) close();
    await expect(find(`${port}`)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`Nothing at 127.0.0.1:${port} or [::1]:${port} answers (ECONNREFUSED)`),
    });
  });
});

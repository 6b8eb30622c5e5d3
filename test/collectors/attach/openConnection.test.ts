import dns from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { openConnection } from '../../../collectors/attach/openConnection.js';
import { silent } from '../../../collectors/progress.js';

const never = new AbortController().signal;
const sockets: Socket[] = [];
const closers: (() => void)[] = [];

/** Somebody who listens and does this with whoever comes. */
async function listener(meet: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', () => meet(socket));
  }).listen(0, '127.0.0.1');
  closers.push(() => server.close());
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/devtools/browser/aa-1`;
}

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const close of closers.splice(0)) close();
});

test('says that it waits for the user while the browser asks, and hangs up when nobody allows it', async () => {
  const notes: string[] = [];
  const url = await listener(() => {});
  const limits = { connectMs: 3000, requestMs: 1000 };
  await expect(openConnection(url, { ...silent, note: (text) => notes.push(text) }, never, limits)).rejects.toMatchObject({
    code: 'not-confirmed',
    message: expect.stringContaining('did not let us in within 3 s'),
  });
  expect(notes).toEqual([expect.stringContaining('allow it there')]);
  if (!sockets[0]!.destroyed) await once(sockets[0]!, 'close');
});

test('says what a browser that refuses said, and that nobody listens where nobody does', async () => {
  const refusing = await listener((socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'));
  await expect(openConnection(refusing, silent, never)).rejects.toMatchObject({
    code: 'not-confirmed',
    message: expect.stringContaining('403'),
  });
  const gone = await listener(() => {});
  for (const close of closers.splice(0)) close();
  await expect(openConnection(gone, silent, never)).rejects.toMatchObject({ code: 'unreachable' });
  const hangingUp = await listener((socket) => socket.destroy());
  await expect(openConnection(hangingUp, silent, never)).rejects.toMatchObject({ code: 'not-confirmed' });
});

test('tells who is no browser from who refuses: no HTTP, and a web server', async () => {
  const ssh = await listener((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
  await expect(openConnection(ssh, silent, never)).rejects.toMatchObject({
    code: 'not-a-browser',
    message: expect.stringContaining('speaks no HTTP'),
  });
  const page = await listener((socket) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'));
  await expect(openConnection(page, silent, never)).rejects.toMatchObject({
    code: 'not-confirmed',
    message: expect.stringMatching(/404.*a web server refuses like that too: --attach \d+ asks who is there/),
  });
});

test('says of a Chrome that is called by a name that it wants an IP address', async () => {
  const refusing = await listener((socket) => socket.end('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n'));
  const lookup = vi
    .spyOn(dns, 'lookup')
    .mockImplementation(((_host: string, _options: object, done: (...all: unknown[]) => void) =>
      done(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof dns.lookup);
  try {
    await expect(openConnection(refusing.replace('127.0.0.1', 'gpu-box'), silent, never)).rejects.toMatchObject({
      code: 'name-refused',
      message: expect.stringContaining('refuses to be called by the name gpu-box'),
    });
  } finally {
    lookup.mockRestore();
  }
  await expect(openConnection(refusing, silent, never)).rejects.toMatchObject({ code: 'not-confirmed' });
});

test('stops when it is told to', async () => {
  const stop = new AbortController();
  const url = await listener(() => stop.abort());
  await expect(openConnection(url, silent, stop.signal)).rejects.toMatchObject({ code: 'stopped' });
  await expect(openConnection(url, silent, stop.signal)).rejects.toMatchObject({ code: 'stopped' });
});

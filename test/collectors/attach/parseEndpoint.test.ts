import { expect, test } from 'vitest';
import { AttachError } from '../../../collectors/attach/attachError.js';
import { parseEndpoint } from '../../../collectors/attach/parseEndpoint.js';

const address = (host: string, port: number, secure = false) => ({ kind: 'address', secure, hosts: [host], port });
/** Chrome listens on ::1 where that port of 127.0.0.1 is taken. */
const here = (port: number, secure = false) => ({ kind: 'address', secure, hosts: ['127.0.0.1', '[::1]'], port });
const socket = (socketUrl: string) => ({ kind: 'socket', socketUrl });

test.each([
  ['9222', here(9222)],
  [' localhost:9222 ', here(9222)],
  ['127.0.0.1:9222', address('127.0.0.1', 9222)],
  ['127.0.0.5:9222', address('127.0.0.5', 9222)],
  ['127.1:9222', address('127.0.0.1', 9222)],
  ['[::1]:9222', address('[::1]', 9222)],
  ['http://localhost:9222', here(9222)],
  ['http://localhost:9222/json/version', here(9222)],
  ['http://localhost', here(80)],
  ['https://localhost', here(443, true)],
  ['ws://127.0.0.1:9222/devtools/browser/57be27f8-1fd1', socket('ws://127.0.0.1:9222/devtools/browser/57be27f8-1fd1')],
  ['ws://localhost:9222/devtools/browser', socket('ws://localhost:9222/devtools/browser')],
])('understands %s', (text, expected) => {
  expect(parseEndpoint(text, false)).toEqual(expected);
});

test.each([
  ['99999', 'this is no address'],
  ['0', '0 is no port'],
  ['localhost', 'the port is missing'],
  ['ftp://localhost:21', 'ftp: is not understood'],
  ['http://user:word@localhost:9222', 'user name or password'],
  ['http://localhost:9222/index.html', 'a path (/index.html) has no meaning'],
  ['ws://localhost:9222/devtools/page/1F', 'the WebSocket of one tab'],
  ['ws://localhost:9222/', 'not the WebSocket of a browser'],
  ['no address', 'this is no address'],
])('says what is wrong with %s, and what may stand there', (text, why) => {
  const thrown = catching(() => parseEndpoint(text, false));
  expect(thrown).toMatchObject({ code: 'bad-endpoint' });
  expect(thrown.message).toContain(why);
  expect(thrown.message).toContain('Give a port (9222)');
});

test.each([
  '192.168.1.2:9222',
  'http://127.0.0.1.example.com:9222',
  'ws://example.com/devtools/browser/1',
  'localhost.example.com:1',
  '[::2]:9222',
])('refuses %s, which is another machine, unless that is allowed', (text) => {
  expect(catching(() => parseEndpoint(text, false))).toMatchObject({
    code: 'remote-refused',
    message: expect.stringContaining('--allow-remote'),
  });
  expect(() => parseEndpoint(text, true)).not.toThrow();
});

test('what was typed has no effect in the message', () => {
  expect(catching(() => parseEndpoint('\u001b[31mred', false)).message).toContain('\\x1b[31mred');
});

function catching(action: () => unknown): AttachError {
  try {
    action();
  } catch (error) {
    if (error instanceof AttachError) return error;
    throw error;
  }
  throw new Error('It did not throw.');
}

import { expect, test } from 'vitest';
import { hookedRealms } from '../../../collectors/pageHook/hookedRealms.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import { forAnswer } from './openHooked.js';

const LOG = JSON.stringify({ wasm: null, gpu: null, modules: [], problem: '' });

/** A page that lists these documents, one after the other; each but the last is gone once it is asked. */
function leavingPage(documents: readonly string[]): ProtocolSession {
  let tell = (_: unknown): void => {};
  let listed = -1;
  return {
    on: (_, listener) => {
      tell = listener;
    },
    async send(method, params) {
      if (method === 'Runtime.enable') {
        listed = Math.min(listed + 1, documents.length - 1);
        tell({ context: { uniqueId: documents[listed], auxData: { isDefault: true } } });
      }
      if (method !== 'Runtime.evaluate') return {};
      const { uniqueContextId, expression } = params as { uniqueContextId: string; expression: string };
      if (uniqueContextId !== documents.at(-1))
        throw new Error('The browser refused Runtime.evaluate: uniqueContextId not found');
      return { result: { value: expression.includes('.read()') ? LOG.length : LOG } };
    },
  };
}
const hooked = (session: ProtocolSession) => hookedRealms(session, 'key', async () => {});

test('a document that goes before it is asked is no failure: the one that came in its place is asked', async () => {
  const logs = await hooked(leavingPage(['blank', 'page'])).takeLogs(true, forAnswer);
  expect(logs).toEqual([{ realm: 'page', silent: false, wasm: null, gpu: null, modules: [], problems: [] }]);
});

test('a page that goes on and on is not followed for ever, which is said', async () => {
  const documents = ['1', '2', '3', '4', '5'];
  expect(await hooked(leavingPage(documents)).takeLogs(true, forAnswer)).toMatchObject([
    { realm: '3', problems: [{ of: 'all', why: expect.stringContaining('uniqueContextId not found') }] },
  ]);
});

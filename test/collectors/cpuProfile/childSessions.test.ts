import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { childSessions } from '../../../collectors/cpuProfile/childSessions.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';

/** A session that answers nothing by itself: what was sent is kept, what comes in is emitted. */
function fakeSession() {
  const sent: { method: string; params: Record<string, unknown> }[] = [];
  const events = new EventEmitter();
  const session: ProtocolSession = {
    send: async (method, params = {}) => {
      sent.push({ method, params: params as Record<string, unknown> });
      return {};
    },
    on: (event, listener) => events.on(event, listener),
  };
  return { session, sent, events };
}

async function attachedChild() {
  const parent = fakeSession();
  const children: { child: ProtocolSession; ended: Promise<void> }[] = [];
  await childSessions(parent.session, (child, ended) => children.push({ child, ended }));
  parent.events.emit('Target.attachedToTarget', { sessionId: 'c1', targetInfo: { type: 'worker' }, waitingForDebugger: true });
  const receive = (message: object) =>
    parent.events.emit('Target.receivedMessageFromTarget', { sessionId: 'c1', message: JSON.stringify(message) });
  return { ...parent, ...children[0]!, receive };
}

test('wraps what is sent to a child, and hands back its answers by their number, in any order', async () => {
  const { child, sent, receive } = await attachedChild();
  expect(sent[0]).toMatchObject({ method: 'Target.setAutoAttach', params: { waitForDebuggerOnStart: true, flatten: false } });
  const first = child.send('Profiler.enable');
  const second = child.send('Profiler.stop', { a: 1 });
  const messages = sent.slice(1).map(({ method, params }) => [method, params.sessionId, JSON.parse(String(params.message))]);
  expect(messages).toEqual([
    ['Target.sendMessageToTarget', 'c1', { id: 1, method: 'Profiler.enable', params: {} }],
    ['Target.sendMessageToTarget', 'c1', { id: 2, method: 'Profiler.stop', params: { a: 1 } }],
  ]);
  receive({ id: 2, error: { code: 1, message: 'not now' } });
  receive({ id: 1, result: { fine: true } });
  await expect(second).rejects.toThrow('Profiler.stop: not now');
  expect(await first).toEqual({ fine: true });
});

test('hands on the events of a child, so that it can have children itself', async () => {
  const { child, receive } = await attachedChild();
  const grandchildren: ProtocolSession[] = [];
  const asked = childSessions(child, (grandchild) => grandchildren.push(grandchild));
  receive({ id: 1, result: {} });
  await asked;
  receive({ method: 'Target.attachedToTarget', params: { sessionId: 'g1', targetInfo: { type: 'worker' } } });
  expect(grandchildren).toHaveLength(1);
});

test('ends what is waited for when the child is gone', async () => {
  const { child, ended, events } = await attachedChild();
  const answer = child.send('Profiler.stop');
  events.emit('Target.detachedFromTarget', { sessionId: 'c1' });
  await expect(answer).rejects.toThrow('ended during Profiler.stop');
  await ended;
});

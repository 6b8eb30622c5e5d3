import { EventEmitter } from 'node:events';
import { z } from 'zod';
import { CollectError } from '../collectError.js';
import type { ProtocolSession } from '../protocolSession.js';

const attached = z.object({ sessionId: z.string(), targetInfo: z.object({ type: z.string(), url: z.string().default('') }) });
const detached = z.object({ sessionId: z.string() });
const received = z.object({ sessionId: z.string(), message: z.string() });
const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

interface Waiting {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * Attaches to every child target (a page's workers, a worker's workers). Each one is paused before its first line until
 * `Runtime.runIfWaitingForDebugger`.
 * Messages of a child travel inside those of its parent: Playwright offers no sessions of workers, and this way needs none.
 * @param take must resume the child. `ended` resolves when the target is gone; every pending answer is then an error. The type is
 *   `worker`, `iframe`, …; its URL is untrusted text
 */
export async function childSessions(
  parent: ProtocolSession,
  take: (child: ProtocolSession, ended: Promise<void>, type: string, url: string) => void,
): Promise<void> {
  const children = new Map<string, { receive(message: string): void; end(): void }>();
  parent.on('Target.attachedToTarget', (params) => {
    const { sessionId, targetInfo } = attached.parse(params);
    const events = new EventEmitter();
    const waiting = new Map<number, Waiting>();
    let sent = 0;
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = () => {
        for (const { method, reject } of waiting.values()) reject(new CollectError(`The thread ended during ${method}.`));
        waiting.clear();
        resolve();
      };
    });
    children.set(sessionId, {
      receive(text) {
        const { id, method, params: given, result, error } = messageSchema.parse(JSON.parse(text));
        if (id === undefined) return void (method !== undefined && events.emit(method, given));
        const one = waiting.get(id);
        waiting.delete(id);
        if (error) one?.reject(new CollectError(`${one.method}: ${error.message}`));
        else one?.resolve(result);
      },
      end,
    });
    const child: ProtocolSession = {
      on: (event, listener) => events.on(event, listener),
      send(method, sentParams = {}) {
        const id = ++sent;
        return new Promise((resolve, reject) => {
          waiting.set(id, { method, resolve, reject });
          const message = JSON.stringify({ id, method, params: sentParams });
          parent.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
        });
      },
    };
    take(child, ended, targetInfo.type, targetInfo.url);
  });
  parent.on('Target.receivedMessageFromTarget', (params) => {
    const { sessionId, message } = received.parse(params);
    children.get(sessionId)?.receive(message);
  });
  parent.on('Target.detachedFromTarget', (params) => {
    const { sessionId } = detached.parse(params);
    children.get(sessionId)?.end();
    children.delete(sessionId);
  });
  await parent.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
}

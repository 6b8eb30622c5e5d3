import { EventEmitter } from 'node:events';
import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import type { ProtocolSession } from '../protocolSession.js';
import { LimitError, within } from '../within.js';
import { AttachError } from './attachError.js';

/** A session with a target of a browser. Every request ends with an answer, an error, or at its limit. */
export interface AttachedSession extends ProtocolSession {
  /**
   * @throws AttachError if the browser returns an error, does not answer within the limit, or the session has ended
   */
  send(method: string, params?: object, options?: { readonly timeout?: number }): Promise<unknown>;
  /** Calls the listener with the reason when the session ends, or at once if it already has. */
  onEnd(listener: (why: AttachError) => void): void;
}

/** The sessions that share a connection. It passes each session its messages and its end. */
export interface SessionTable {
  /** The session with the browser itself. */
  readonly root: AttachedSession;
  session(sessionId: string): AttachedSession;
  receive(message: unknown): void;
  /** Ends every session and all their pending requests. */
  end(why: AttachError): void;
  /** Detaches from every target. Never fails, and takes no longer than the limit. */
  detachAll(limitMs: number): Promise<void>;
}

type Send = (method: string, params: object, sessionId?: string) => Promise<unknown>;

interface Entry {
  readonly session: AttachedSession;
  emit(method: string, params: unknown): void;
  end(why: AttachError): void;
}

const messageSchema = z.object({ method: z.string(), params: z.unknown(), sessionId: z.string().optional() });
const detached = z.object({ sessionId: z.string() });
const ROOT = '';

/** @param requestLimitMs limit of a request that states none */
export function sessionTable(send: Send, requestLimitMs: number): SessionTable {
  const entries = new Map<string, Entry>();
  const entry = (sessionId: string): Entry => {
    let known = entries.get(sessionId);
    if (!known) {
      known = makeEntry(send, sessionId, requestLimitMs);
      entries.set(sessionId, known);
    }
    return known;
  };
  const root = entry(ROOT).session;
  root.on('Target.detachedFromTarget', (params) => {
    const parsed = detached.safeParse(params);
    if (!parsed.success || parsed.data.sessionId === ROOT) return;
    const { sessionId } = parsed.data;
    entries.get(sessionId)?.end(new AttachError('tab-gone', 'The tab was closed, or the browser ended its session.'));
    entries.delete(sessionId);
  });
  return {
    root,
    session: (sessionId) => entry(sessionId).session,
    receive(message) {
      const parsed = messageSchema.safeParse(message);
      if (!parsed.success) return;
      const { method, params, sessionId = ROOT } = parsed.data;
      entries.get(sessionId)?.emit(method, params);
      // Chromium 156 sends this unasked, and leaves earlier requests unanswered.
      if (method === 'Inspector.targetCrashed' && sessionId !== ROOT) {
        entries.get(sessionId)?.end(new AttachError('tab-gone', 'The page in the tab crashed.'));
      }
    },
    end(why) {
      for (const one of entries.values()) one.end(why);
    },
    async detachAll(limitMs) {
      const ids = [...entries.keys()].filter((sessionId) => sessionId !== ROOT);
      await Promise.allSettled(ids.map((sessionId) => root.send('Target.detachFromTarget', { sessionId }, { timeout: limitMs })));
    },
  };
}

function makeEntry(send: Send, sessionId: string, requestLimitMs: number): Entry {
  const events = new EventEmitter();
  // There is no limit to the listeners of one event.
  events.setMaxListeners(0);
  const waiting = new Set<(why: AttachError) => void>();
  let ended: AttachError | null = null;
  const session: AttachedSession = {
    on: (event, listener) => events.on(event, listener),
    onEnd(listener) {
      if (ended) listener(ended);
      else waiting.add(listener);
    },
    async send(method, params = {}, { timeout: limitMs = requestLimitMs } = {}) {
      if (ended) throw ended;
      let stop = (_why: AttachError): void => {};
      const stopped = new Promise<never>((_, reject) => {
        stop = reject;
        waiting.add(stop);
      });
      const answer = send(method, params, sessionId || undefined);
      try {
        return await within(limitMs, Promise.race([stopped, answer]));
      } catch (error) {
        if (error instanceof AttachError) throw error;
        // A request may learn that the socket is closed before we do.
        if (ended) throw ended;
        if (error instanceof LimitError) {
          throw new AttachError('request-silent', `The browser did not answer ${method} within ${limitMs / 1000} s.`);
        }
        throw new AttachError('request-failed', `The browser refused ${method}: ${inertText((error as Error).message)}`);
      } finally {
        waiting.delete(stop);
        answer.catch(() => {});
      }
    },
  };
  return {
    session,
    emit: (method, params) => void events.emit(method, params),
    end(why) {
      if (ended) return;
      ended = why;
      for (const tell of waiting) tell(why);
      waiting.clear();
    },
  };
}

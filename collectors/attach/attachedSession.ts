import type { ProtocolSession } from '../protocolSession.js';
import type { AttachError } from './attachError.js';

/** A session over a connection to a browser that somebody else opened. Whatever happens to it, every wait ends. */
export interface AttachedSession extends ProtocolSession {
  /**
   * @param limitMs after which it is no longer waited for
   * @throws AttachError if the browser says no, does not answer within the limit, or the session has ended
   */
  send(method: string, params?: object, limitMs?: number): Promise<unknown>;
  /** Tells when and why the session ended; at once if it already has. */
  onEnd(listener: (why: AttachError) => void): void;
}

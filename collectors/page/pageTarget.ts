import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { AttachedSession } from '../attach/sessionTable.js';
import type { ProtocolSession } from '../protocolSession.js';

/** A page to be watched, and the browser that it is in. Every request over either session ends: with an answer, an error, or at a limit. */
export interface PageTarget {
  readonly opened: PageManifest['page']['opened'];
  /** As the browser had it when it was found, or as it is to be opened; a page that is not open yet has no title. */
  readonly url: string;
  readonly title: string;
  /** Session with the page. */
  readonly page: ProtocolSession;
  /** Session with the browser itself, which outlives the page. */
  readonly browser: ProtocolSession;
  /** Whether the browser runs on this machine, so that the system can be asked about its processes. */
  readonly isHere: boolean;
  readonly facts: NonNullable<PageManifest['browser']>;
  /** What the user should know of the state that the page is in, as sentences. */
  readonly notes: readonly string[];
  /** Resolves to why, as a sentence, when the page is gone: closed, crashed, or its browser is. */
  readonly gone: Promise<string>;
  /**
   * Has the page begin at its first line: opens the URL, or reloads the page if that was asked for.
   * @returns what the user should know of how that went
   * @throws CollectError if it cannot be opened
   */
  begin(): Promise<readonly string[]>;
  /** Leaves a browser that we found as it was, and ends one that we launched. Never fails. */
  close(): Promise<void>;
}

/** Resolves when a session with a page ends, to the reason as a sentence without its point. */
export function whyGone(session: AttachedSession): Promise<string> {
  return new Promise((resolve) => {
    session.onEnd(({ message }) => resolve(message.replace(/\.$/, '').replace(/^The /, 'the ')));
  });
}

import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { AttachedSession } from '../attach/sessionTable.js';
import type { ProtocolSession } from '../protocolSession.js';

/** A page to watch, and its browser. Every request over either session ends with an answer, an error, or at its limit. */
export interface PageTarget {
  readonly opened: PageManifest['page']['opened'];
  /** The address when the browser was found, or the one to open. A page that is not open yet has no title. */
  readonly url: string;
  readonly title: string;
  /** Session with the page. */
  readonly page: ProtocolSession;
  /** Session with the browser itself. It outlives the page. */
  readonly browser: ProtocolSession;
  /** Whether the browser runs on this machine, so that the system can report on its processes. */
  readonly isHere: boolean;
  readonly facts: NonNullable<PageManifest['browser']>;
  /** Sentences that tell the user about the state of the page. */
  readonly notes: readonly string[];
  /** Resolves when the page is gone (closed, crashed, or the browser ended), to the reason as a sentence. */
  readonly gone: Promise<string>;
  /**
   * Starts the page at its first line: opens the URL, or reloads the page if requested.
   * @returns what the user should know about the loading
   * @throws CollectError if it cannot be opened
   */
  begin(): Promise<readonly string[]>;
  /**
   * Another session with the page, for another visit that begins with `begin`. The first one lets go of the page's workers and
   * frames.
   */
  again(): Promise<ProtocolSession>;
  /** Detaches from a browser that we found, leaving it as it was, or ends one that we launched. Never fails. */
  close(): Promise<void>;
}

/** Detaches a session from the workers and frames of its page. */
export async function letGo(page: ProtocolSession): Promise<void> {
  await page.send('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false, flatten: false });
}

/** Resolves when a session with a page ends, to the reason as a sentence without its final period. */
export function whyGone(session: AttachedSession): Promise<string> {
  return new Promise((resolve) => {
    session.onEnd(({ message }) => resolve(message.replace(/\.$/, '').replace(/^The /, 'the ')));
  });
}

import type { AttachedSession } from '../attach/attachedSession.js';

/** Resolves to why, as a sentence without its point, when a session with a page is over. */
export function whyGone(session: AttachedSession): Promise<string> {
  return new Promise((resolve) => {
    session.onEnd(({ message }) => resolve(message.replace(/\.$/, '').replace(/^The /, 'the ')));
  });
}

import { z } from 'zod';
import { BROWSER_PATH } from './browserPath.js';

const schema = z.object({ webSocketDebuggerUrl: z.string() });

/**
 * Reads what a browser answers on /json/version. Of the WebSocket only the path is taken: its host is what the browser thinks it is called,
 * which behind a forwarded port is wrong.
 * @returns null if no browser said this
 */
export function readVersion(text: string): { readonly path: string } | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = schema.safeParse(document);
  if (!parsed.success) return null;
  const path = parsed.data.webSocketDebuggerUrl.replace(/^wss?:\/\/[^/]*/, '');
  return BROWSER_PATH.test(path) ? { path } : null;
}

import { z } from 'zod';
import { BROWSER_PATH } from './parseEndpoint.js';

const versionAnswer = z.object({ webSocketDebuggerUrl: z.string() });

/**
 * Reads a browser's answer to /json/version. Only the path of its WebSocket is used, because behind a forwarded port the host is
 * wrong.
 * @returns null if the text is not from a browser
 */
export function readVersion(text: string): { readonly path: string } | null {
  const parsed = versionAnswer.safeParse(document(text));
  if (!parsed.success) return null;
  const path = parsed.data.webSocketDebuggerUrl.replace(/^wss?:\/\/[^/]*/, '');
  return BROWSER_PATH.test(path) ? { path } : null;
}

const productAnswer = z.object({ Browser: z.string() });

/** What calls itself so at /json/version: a browser, and also `node.js/v22.1.0` with --inspect. @returns null if nobody does */
export const readProduct = (text: string): string | null => productAnswer.safeParse(document(text)).data?.Browser ?? null;

function document(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

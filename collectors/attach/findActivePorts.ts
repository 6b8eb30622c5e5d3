import { join } from 'node:path';
import { z } from 'zod';
import type { AttachEffects, ProfileFolder } from './attachEffects.js';
import { BROWSER_PATH } from './parseEndpoint.js';

/** Contents of a `DevToolsActivePort` file: the port, and the path of the browser's WebSocket. */
export interface ActivePort {
  readonly port: number;
  readonly path: string;
}

/** A `DevToolsActivePort` file of a known profile folder. */
export interface FoundPort extends ProfileFolder, ActivePort {
  /** Whether that browser still listens. A killed browser leaves its file behind. */
  readonly state: 'answers' | 'closed' | 'another browser';
}

/** Name of the file in a profile folder. */
export const ACTIVE_PORT = 'DevToolsActivePort';

/** Reads the file of every known profile folder, and checks whether its browser still listens. */
export async function findActivePorts(effects: AttachEffects): Promise<readonly FoundPort[]> {
  const found = await Promise.all(
    effects.folders.map(async (profile): Promise<FoundPort | null> => {
      const text = await effects.readText(join(profile.folder, ACTIVE_PORT));
      const port = text === null ? null : parseActivePort(text);
      return port && { ...profile, ...port, state: await stateOf(port, effects) };
    }),
  );
  return found.filter((port) => port !== null);
}

async function stateOf({ port, path }: ActivePort, effects: AttachEffects): Promise<FoundPort['state']> {
  if (!(await effects.listens(port))) return 'closed';
  // Remote debugging switched on at chrome://inspect has no such page. Where the page exists, its id tells whether another
  // browser now uses the port.
  const answer = await effects.version(`http://127.0.0.1:${port}`);
  const version = answer.kind === 'text' ? readVersion(answer.text) : null;
  return version && version.path !== path ? 'another browser' : 'answers';
}

/**
 * Reads a `DevToolsActivePort` file: the port in the first line, the path of the browser's WebSocket in the second.
 * @returns null if the text is something else, or incomplete
 */
export function parseActivePort(text: string): ActivePort | null {
  const [first = '', path = ''] = text.split('\n').map((line) => line.trim());
  const port = /^\d{1,5}$/.test(first) ? Number(first) : 0;
  return port > 0 && port < 65536 && BROWSER_PATH.test(path) ? { port, path } : null;
}

const versionAnswer = z.object({ webSocketDebuggerUrl: z.string() });

/**
 * Reads a browser's answer to /json/version. Only the path of its WebSocket is used, because behind a forwarded port the host is
 * wrong.
 * @returns null if the text is not from a browser
 */
export function readVersion(text: string): { readonly path: string } | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = versionAnswer.safeParse(document);
  if (!parsed.success) return null;
  const path = parsed.data.webSocketDebuggerUrl.replace(/^wss?:\/\/[^/]*/, '');
  return BROWSER_PATH.test(path) ? { path } : null;
}

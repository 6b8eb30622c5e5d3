import { join } from 'node:path';
import type { AttachEffects, ProfileFolder } from './attachEffects.js';
import { BROWSER_PATH, LOOPBACKS } from './parseEndpoint.js';
import { readVersion } from './readVersion.js';

/** Contents of a `DevToolsActivePort` file: the port, and the path of the browser's WebSocket. */
export interface ActivePort {
  readonly port: number;
  readonly path: string;
}

/** A `DevToolsActivePort` file of a known profile folder. */
export interface FoundPort extends ProfileFolder, ActivePort {
  /** The one of `LOOPBACKS` where it listens. The file does not name it. */
  readonly host: string;
  /** Whether that browser still listens. A killed browser leaves its file behind. */
  readonly state: 'answers' | 'closed' | 'another browser' | 'another program';
}

/** Name of the file in a profile folder. */
export const ACTIVE_PORT = 'DevToolsActivePort';

/** Reads the file of every known profile folder, and checks whether its browser still listens. */
export async function findActivePorts(effects: AttachEffects): Promise<readonly FoundPort[]> {
  const found = await Promise.all(
    effects.folders.map(async (profile): Promise<FoundPort | null> => {
      const text = await effects.readText(join(profile.folder, ACTIVE_PORT));
      const port = text === null ? null : parseActivePort(text);
      return port && { ...profile, ...port, ...(await whereIs(port, effects)) };
    }),
  );
  return found.filter((port) => port !== null);
}

/** What listens at a place, the most telling first. A browser that does not say which one it is may be the file's. */
const FOUND = {
  itself: 'answers',
  'perhaps itself': 'answers',
  'another browser': 'another browser',
  'another program': 'another program',
  nobody: 'closed',
} as const;
type Found = keyof typeof FOUND;

/** Where the browser of a file listens; where it does not, what does. */
async function whereIs(port: ActivePort, effects: AttachEffects): Promise<Pick<FoundPort, 'host' | 'state'>> {
  const found = await Promise.all(LOOPBACKS.map((host) => whoIsAt(host, port, effects)));
  const best = (Object.keys(FOUND) as Found[]).find((one) => found.includes(one))!;
  return { host: LOOPBACKS[found.indexOf(best)]!, state: FOUND[best] };
}

async function whoIsAt(host: string, { port, path }: ActivePort, effects: AttachEffects): Promise<Found> {
  if (!(await effects.listens(host, port))) return 'nobody';
  const answer = await effects.version(`http://${host}:${port}`);
  switch (answer.kind) {
    case 'nobody':
      return 'nobody';
    case 'no-http':
    case 'hung-up':
      return 'another program';
    case 'mute':
      return 'perhaps itself';
    case 'answered': {
      // Remote debugging switched on at chrome://inspect has no such page. Where the page exists, its id tells whether another
      // browser now uses the port.
      const version = readVersion(answer.text);
      if (version) return version.path === path ? 'itself' : 'another browser';
      return answer.status === 404 ? 'perhaps itself' : 'another program';
    }
  }
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

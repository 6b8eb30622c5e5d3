import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { type ProfileFolder, profileFolders } from './profileFolders.js';

/** What an address says to a request for /json/version: its text, a status without one, or nothing at all. */
export type VersionAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'silent'; readonly why: string };

/** What finding a browser needs of the machine. */
export interface AttachEffects {
  readonly folders: readonly ProfileFolder[];
  /** The user's home folder, which is shown as ~. */
  readonly home: string;
  /** @returns null if there is no such file or it cannot be read */
  readText(path: string): Promise<string | null>;
  /** Whether anybody listens on a port of this machine. It opens no WebSocket: Chrome would ask its user for each. */
  listens(port: number): Promise<boolean>;
  version(origin: string): Promise<VersionAnswer>;
}

/** A browser answers both at once; what listens and never answers is none. */
const ANSWER_LIMIT_MS = 5000;

/** This machine, as it is. */
export const attachEffects = (): AttachEffects => ({
  folders: profileFolders(process.platform, process.env, homedir()),
  home: homedir(),
  readText: (path) => readFile(path, 'utf8').catch(() => null),
  listens: (port) =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      const end = (heard: boolean): void => {
        socket.destroy();
        resolve(heard);
      };
      socket.setTimeout(ANSWER_LIMIT_MS, () => end(false));
      socket.once('connect', () => end(true));
      socket.once('error', () => end(false));
    }),
  async version(origin) {
    try {
      const response = await fetch(`${origin}/json/version`, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS), redirect: 'error' });
      if (response.ok) return { kind: 'text', text: await response.text() };
      await response.body?.cancel();
      return { kind: 'status', status: response.status };
    } catch (error) {
      const { cause, message } = error as Error;
      return { kind: 'silent', why: (cause as NodeJS.ErrnoException | undefined)?.code ?? message };
    }
  },
});

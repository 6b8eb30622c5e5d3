import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { askVersion, type VersionAnswer } from './askVersion.js';

/** A default profile folder of a browser, which is also where its `DevToolsActivePort` file is. */
export interface ProfileFolder {
  readonly browser: string;
  readonly folder: string;
}

/** What finding a browser needs from the machine. */
export interface AttachEffects {
  readonly folders: readonly ProfileFolder[];
  /** The user's home folder, which is shown as ~. */
  readonly home: string;
  /** @returns null if there is no such file or it cannot be read */
  readText(path: string): Promise<string | null>;
  /**
   * Whether a program listens on a port of this machine. It opens no WebSocket, because Chrome asks its user about each one.
   * @param host one of `LOOPBACKS`
   */
  listens(host: string, port: number): Promise<boolean>;
  version(origin: string): Promise<VersionAnswer>;
}

/** A browser answers both requests at once. What listens without answering is no browser. */
const ANSWER_LIMIT_MS = 5000;

/** The effects on the real machine. */
export const attachEffects = (): AttachEffects => ({
  folders: profileFolders(process.platform, process.env, homedir()),
  home: homedir(),
  readText: (path) => readFile(path, 'utf8').catch(() => null),
  listens: (host, port) =>
    new Promise((resolve) => {
      const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port });
      const end = (heard: boolean): void => {
        socket.destroy();
        resolve(heard);
      };
      socket.setTimeout(ANSWER_LIMIT_MS, () => end(false));
      socket.once('connect', () => end(true));
      socket.once('error', () => end(false));
    }),
  version: (origin) => askVersion(origin, ANSWER_LIMIT_MS),
});

type Folders = Readonly<Record<string, readonly string[]>>;

/** Folders of Chrome and Chromium: https://chromium.googlesource.com/chromium/src/+/main/docs/user_data_dir.md */
const LINUX: Folders = {
  Chrome: ['google-chrome'],
  'Chrome Beta': ['google-chrome-beta'],
  'Chrome Dev': ['google-chrome-unstable'],
  Chromium: ['chromium'],
  Edge: ['microsoft-edge'],
  Brave: ['BraveSoftware', 'Brave-Browser'],
};
const MAC: Folders = {
  Chrome: ['Google', 'Chrome'],
  'Chrome Beta': ['Google', 'Chrome Beta'],
  'Chrome Dev': ['Google', 'Chrome Dev'],
  'Chrome Canary': ['Google', 'Chrome Canary'],
  Chromium: ['Chromium'],
  Edge: ['Microsoft Edge'],
  Brave: ['BraveSoftware', 'Brave-Browser'],
};
const WINDOWS: Folders = {
  Chrome: ['Google', 'Chrome', 'User Data'],
  'Chrome Beta': ['Google', 'Chrome Beta', 'User Data'],
  'Chrome Dev': ['Google', 'Chrome Dev', 'User Data'],
  'Chrome Canary': ['Google', 'Chrome SxS', 'User Data'],
  Chromium: ['Chromium', 'User Data'],
  Edge: ['Microsoft', 'Edge', 'User Data'],
  Brave: ['BraveSoftware', 'Brave-Browser', 'User Data'],
};

/**
 * The profile folders where a running browser is looked for. On Linux `CHROME_USER_DATA_DIR` adds a folder;
 * `CHROME_CONFIG_HOME` or `XDG_CONFIG_HOME` move the others.
 */
export function profileFolders(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): readonly ProfileFolder[] {
  const under = (root: string, folders: Folders, { join }: typeof posix): ProfileFolder[] =>
    Object.entries(folders).map(([browser, parts]) => ({ browser, folder: join(root, ...parts) }));
  if (platform === 'win32') return under(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), WINDOWS, win32);
  if (platform === 'darwin') return under(posix.join(home, 'Library', 'Application Support'), MAC, posix);
  const config = env.CHROME_CONFIG_HOME || env.XDG_CONFIG_HOME || posix.join(home, '.config');
  const own = env.CHROME_USER_DATA_DIR;
  return [...(own ? [{ browser: 'Chrome', folder: own }] : []), ...under(config, LINUX, posix)];
}

import { posix, win32 } from 'node:path';

/** Where a browser keeps its profiles, and so its `DevToolsActivePort` file, when nobody says otherwise. */
export interface ProfileFolder {
  readonly browser: string;
  readonly folder: string;
}

type Folders = Readonly<Record<string, readonly string[]>>;

/** https://chromium.googlesource.com/chromium/src/+/main/docs/user_data_dir.md has those of Chrome and Chromium. */
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
 * The profile folders in which a running browser is looked for. On Linux `CHROME_USER_DATA_DIR` names one outright, and
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

import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/**
 * Opens an address in the user's browser. That it cannot be opened is no failure: it is printed, too.
 * @returns false where there is no screen
 */
export function openInBrowser(url: string): boolean {
  const isLinux = process.platform === 'linux';
  if (isLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  // Without a shell, and on its own: the browser outlives the command.
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
  return true;
}

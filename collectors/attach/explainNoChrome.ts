import { inertText } from '../../src/text/inertText.js';
import type { AttachEffects } from './attachEffects.js';
import { ACTIVE_PORT, type FoundPort } from './findActivePorts.js';

const STATES: Readonly<Record<FoundPort['state'], (port: number) => string>> = {
  answers: (port) => `port ${port} answers`,
  nobody: (port) => `nobody listens on its port ${port} any more`,
  'another browser': (port) => `its port ${port} belongs to another browser now`,
};
const PATH_LIMIT = 400;

/**
 * Five lines for a user whose browser was not found: what was looked for and where, and how to open Chrome so that it works.
 * Chrome 136 and later ignore the port on the profile in daily use (https://developer.chrome.com/blog/remote-debugging-port); since
 * about 144 that profile has a switch of its own.
 */
export function explainNoChrome(stale: readonly FoundPort[], { folders, home }: Pick<AttachEffects, 'folders' | 'home'>): string {
  const short = (path: string): string =>
    inertText(home !== '' && path.startsWith(home) ? `~${path.slice(home.length)}` : path, PATH_LIMIT);
  const found =
    stale.length === 0
      ? `none of these profile folders holds a ${ACTIVE_PORT} file`
      : `${stale.map(({ folder, port, state }) => `${short(folder)} holds a ${ACTIVE_PORT} file, but ${STATES[state](port)}`).join('; ')}`;
  return [
    `No Chrome to attach to: ${found}.`,
    `Looked in ${folders.map(({ folder }) => short(folder)).join(', ')}.`,
    'Chrome 144 or later, as it is open now: switch remote debugging on at chrome://inspect/#remote-debugging, run this again, and allow it when Chrome asks.',
    'Chrome 136 or later, with a profile of its own: start it with --remote-debugging-port=9222 --user-data-dir=<a new folder>, then trace collect --attach 9222. On the profile in daily use it ignores the port.',
    'A browser elsewhere: forward its port to this machine (Android: adb forward tcp:9222 localabstract:chrome_devtools_remote), then trace collect --attach 9222.',
  ].join('\n');
}

import { inertText } from '../../src/text/inertText.js';
import type { AttachEffects } from './attachEffects.js';
import { AttachError } from './attachError.js';
import { explainAnswer } from './explainAnswer.js';
import { ACTIVE_PORT, type FoundPort, findActivePorts } from './findActivePorts.js';
import { type Address, isLoopback, parseEndpoint } from './parseEndpoint.js';
import { readVersion } from './readVersion.js';

export interface EndpointRequest {
  /** The value of --attach. Undefined or empty: find the open browser. */
  readonly endpoint: string | undefined;
  readonly allowRemote: boolean;
}

const socketOf = ({ host, port, path }: Pick<FoundPort, 'host' | 'port' | 'path'>): string => `ws://${host}:${port}${path}`;

/**
 * Finds the WebSocket of the browser that the user means. It opens none, because Chrome asks its user about each one.
 * @returns its URL
 * @throws AttachError if there is none, there are several, or its use is not allowed
 */
export async function findEndpoint({ endpoint = '', allowRemote }: EndpointRequest, effects: AttachEffects): Promise<string> {
  if (endpoint.trim() === '') return findRunning(effects);
  const parsed = parseEndpoint(endpoint, allowRemote);
  return parsed.kind === 'socket' ? parsed.socketUrl : socketAt(parsed, effects);
}

async function findRunning(effects: AttachEffects): Promise<string> {
  const ports = await findActivePorts(effects);
  const running = ports.filter(({ state }) => state === 'answers');
  if (running.length === 1) return socketOf(running[0]!);
  if (running.length === 0) throw new AttachError('no-browser', explainNoChrome(ports, effects));
  throw new AttachError(
    'several-browsers',
    [
      `${running.length} browsers can be attached to. Choose one:`,
      ...running.map((port) => `  --attach ${socketOf(port)}  (${port.browser}, ${inertText(port.folder)})`),
    ].join('\n'),
  );
}

/** @throws AttachError if no browser listens there, or the path of its WebSocket stays unknown */
async function socketAt(address: Address, effects: AttachEffects): Promise<string> {
  const { secure, hosts, port } = address;
  const answers = await Promise.all(
    hosts.map(async (host) => ({ host, answer: await effects.version(`${secure ? 'https' : 'http'}://${host}:${port}`) })),
  );
  for (const { host, answer } of answers) {
    const version = answer.kind === 'answered' ? readVersion(answer.text) : null;
    if (version) return `${secure ? 'wss' : 'ws'}://${host}:${port}${version.path}`;
  }
  const somebody = answers.find(({ answer }) => answer.kind !== 'nobody') ?? answers[0]!;
  // Remote debugging switched on at chrome://inspect has no /json pages. Only the file contains the path.
  const file =
    somebody.answer.kind !== 'nobody' && hosts.some(isLoopback)
      ? (await findActivePorts(effects)).find((found) => found.port === port && found.state === 'answers')
      : undefined;
  if (file) return socketOf(file);
  throw explainAnswer(address, somebody.host, somebody.answer);
}

const STATES: Readonly<Record<FoundPort['state'], (port: number) => string>> = {
  answers: (port) => `port ${port} answers`,
  closed: (port) => `nobody listens on its port ${port} any more`,
  'another browser': (port) => `its port ${port} belongs to another browser now`,
  'another program': (port) => `its port ${port} belongs to another program now, which is no browser`,
};
const PATH_LIMIT = 400;

/**
 * Five lines for a user whose browser was not found: where we looked, and how to open Chrome so that it is found.
 * Chrome 136 and later ignore the port on the everyday profile (https://developer.chrome.com/blog/remote-debugging-port). Since
 * about version 144 that profile has a separate switch.
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

import { inertText } from '../../src/text/inertText.js';
import type { AttachEffects } from './attachEffects.js';
import { AttachError } from './attachError.js';
import { explainNoChrome } from './explainNoChrome.js';
import { ACTIVE_PORT, type FoundPort, findActivePorts } from './findActivePorts.js';
import { isLoopback } from './isLoopback.js';
import { type Endpoint, parseEndpoint } from './parseEndpoint.js';
import { readVersion } from './readVersion.js';

export interface EndpointRequest {
  /** What stands after --attach; undefined or empty: find the browser that is open. */
  readonly endpoint: string | undefined;
  readonly allowRemote: boolean;
}

const socketOf = ({ port, path }: Pick<FoundPort, 'port' | 'path'>): string => `ws://127.0.0.1:${port}${path}`;

/**
 * Finds the WebSocket of the browser that the user means. No WebSocket is opened for it: Chrome asks its user at each.
 * @returns its URL
 * @throws AttachError if there is none, several, or it is not to be used
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

/** @throws AttachError if nobody or no browser listens there, or its WebSocket cannot be learned */
async function socketAt({ secure, host, port }: Endpoint & { kind: 'address' }, effects: AttachEffects): Promise<string> {
  const place = `${host}:${port}`;
  const answer = await effects.version(`${secure ? 'https' : 'http'}://${place}`);
  if (answer.kind === 'silent') {
    throw new AttachError(
      'unreachable',
      `Nothing at ${place} answers (${inertText(answer.why)}). Is the browser open, with remote debugging on that port? "trace collect --attach" without an address looks for it.`,
    );
  }
  const version = answer.kind === 'text' ? readVersion(answer.text) : null;
  if (version) return `${secure ? 'wss' : 'ws'}://${place}${version.path}`;
  // Remote debugging that was switched on at chrome://inspect has no /json pages; only the file has the path.
  const file = isLoopback(host)
    ? (await findActivePorts(effects)).find((found) => found.port === port && found.state === 'answers')
    : undefined;
  if (file) return socketOf(file);
  throw new AttachError(
    'not-a-browser',
    `${place} answers, but not as a browser does (/json/version: ${answer.kind === 'status' ? `status ${answer.status}` : 'something else'}), and no ${ACTIVE_PORT} file of a known profile folder names this port. If it is a browser whose remote debugging was switched on at chrome://inspect, give its WebSocket: ws://${place} and the second line of the ${ACTIVE_PORT} file in its profile folder.`,
  );
}

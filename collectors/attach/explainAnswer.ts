import { inertText } from '../../src/text/inertText.js';
import type { VersionAnswer } from './askVersion.js';
import { AttachError } from './attachError.js';
import { ACTIVE_PORT } from './findActivePorts.js';
import type { Address } from './parseEndpoint.js';
import { readProduct } from './readVersion.js';

const SAID_LIMIT = 80;
const said = (text: string): string => `"${inertText(text, SAID_LIMIT)}"`;

const GIVE_PORT =
  'Give the port of the browser’s remote debugging: start Chrome with --remote-debugging-port=<a free port> --user-data-dir=<a new folder>, and --attach that port.';

/**
 * Says of an address where no browser was found what answered there instead, and what to do.
 * @param host the one of the address's hosts that answered
 */
export function explainAnswer({ secure, hosts, port }: Address, host: string, answer: VersionAnswer): AttachError {
  const place = `${host}:${port}`;
  const noBrowser = (what: string, toDo: string): AttachError => new AttachError('not-a-browser', `${what} ${toDo}`);
  switch (answer.kind) {
    case 'nobody':
      return new AttachError(
        'unreachable',
        `Nothing at ${hosts.map((one) => `${one}:${port}`).join(' or ')} answers (${inertText(answer.code)}). Is the browser open, with remote debugging on that port? "trace collect --attach" without an address looks for it.`,
      );
    case 'mute':
      return noBrowser(
        `What listens at ${place} takes the connection and says nothing for ${answer.limitMs / 1000} s; a browser answers at once.`,
        `If it is your browser, it hangs or is stopped: close it and open it again. Otherwise another program has this port. ${GIVE_PORT}`,
      );
    case 'hung-up':
      return noBrowser(
        `What listens at ${place} takes the connection and hangs up without a word.`,
        'If it is a forwarded port (ssh -L, adb forward, docker -p), no browser listens at its far end: look there whether Chrome runs, with --remote-debugging-port. Otherwise another program has this port.',
      );
    case 'no-http':
      return noBrowser(
        `What listens at ${place} is not a browser: it speaks no ${secure ? 'HTTPS' : 'HTTP'} (${said(answer.said)}).`,
        GIVE_PORT,
      );
    case 'answered':
      return explainHttp(place, host, port, answer);
  }
}

/** Chrome's own words: https://chromium.googlesource.com/chromium/src/+/main/content/browser/devtools/devtools_http_handler.cc */
const HOST_REFUSED = /^Host header is specified and is not an IP address/;

function explainHttp(
  place: string,
  host: string,
  port: number,
  { status, text }: VersionAnswer & { kind: 'answered' },
): AttachError {
  if (HOST_REFUSED.test(text)) return nameRefused(place, host, port);
  const noBrowser = (message: string): AttachError => new AttachError('not-a-browser', message);
  const product = readProduct(text);
  if (product !== null && /^node\.js\b/.test(product)) {
    return noBrowser(
      `At ${place} a Node.js process listens for its debugger (${inertText(product)}, node --inspect), not a browser. ${GIVE_PORT}`,
    );
  }
  if (product !== null) {
    return noBrowser(`At ${place} ${said(product)} listens for a debugger, and offers no WebSocket of a browser. ${GIVE_PORT}`);
  }
  if (status === 404) {
    return noBrowser(
      `${place} answers, but not as a browser does (/json/version: status 404), and no ${ACTIVE_PORT} file of a known profile folder names this port. It is a web server, or a browser whose remote debugging was switched on at chrome://inspect. Of such a browser give the WebSocket: ws://${place} and the second line of the ${ACTIVE_PORT} file in its profile folder. Otherwise: ${GIVE_PORT}`,
    );
  }
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim();
  const page = title ? `the page ${said(title)}` : /^\s*</.test(text) ? 'a page' : 'something else';
  return noBrowser(
    `At ${place} a web server answers, not a browser (/json/version: status ${status}, ${page}). --attach takes the port of the browser, not of the page that is open in it. ${GIVE_PORT}`,
  );
}

/** Chrome takes no host by name, so that a page in it cannot reach it by a name that it had lead to this machine (DNS rebinding). */
export function nameRefused(place: string, host: string, port: number): AttachError {
  const name = inertText(host);
  return new AttachError(
    'name-refused',
    `The browser at ${place} refuses to be called by the name ${name}: Chrome takes only an IP address or localhost, against pages that would reach it by a name of their own. Give the machine’s IP address in its place, or take a tunnel: ssh -L ${port}:127.0.0.1:${port} ${name}, then trace collect --attach ${port}.`,
  );
}

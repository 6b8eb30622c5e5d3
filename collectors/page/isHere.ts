import { readFile } from 'node:fs/promises';
import { processList } from '../browser/processList.js';
import type { ProtocolSession } from '../protocolSession.js';

/**
 * Whether a browser runs on this machine, and as it sees itself: behind a port of this machine may be a phone, a container or a tunnel. It is
 * believed where the process that it says it is has its command line.
 * @param commandLine that it says it has; null: it does not say
 * @returns false also where the system does not tell (it is not Linux)
 */
export async function isHere(browser: ProtocolSession, commandLine: string | null): Promise<boolean> {
  if (commandLine === null) return false;
  try {
    const own = (await processList(browser)).find(({ type }) => type === 'browser');
    if (!own) return false;
    // Chrome writes its own over what it was started with, with spaces between, and says empty values without their sign.
    const started = (await readFile(`/proc/${own.id}/cmdline`, 'utf8')).split(/[\0 ]/).filter((word) => word !== '');
    return started.length > 0 && started.every((word) => commandLine.includes(word.replace(/=$/, '')));
  } catch {
    return false;
  }
}

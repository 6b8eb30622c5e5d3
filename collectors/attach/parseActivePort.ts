import { BROWSER_PATH } from './browserPath.js';

/** What a `DevToolsActivePort` file says: the port, and the path of the browser's WebSocket. */
export interface ActivePort {
  readonly port: number;
  readonly path: string;
}

/**
 * Reads a `DevToolsActivePort` file: the port in the first line, the path of the browser's WebSocket in the second.
 * @returns null if it is something else, or not wholly written yet
 */
export function parseActivePort(text: string): ActivePort | null {
  const [first = '', path = ''] = text.split('\n').map((line) => line.trim());
  const port = /^\d{1,5}$/.test(first) ? Number(first) : 0;
  return port > 0 && port < 65536 && BROWSER_PATH.test(path) ? { port, path } : null;
}

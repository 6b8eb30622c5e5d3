import { CollectError } from '../collectError.js';
import { findBrowser } from './findBrowser.js';

/** What is needed to launch the browser. */
export interface Launchable {
  readonly executable: string;
  /** Chromium refuses to run its sandbox as root. */
  readonly sandboxed: boolean;
}

/** @throws CollectError if there is no browser here */
export function requireBrowser(): Launchable {
  const found = findBrowser();
  if (found) return { executable: found.executable, sandboxed: process.getuid?.() !== 0 };
  throw new CollectError(
    'No Chrome or Chromium was found. Run "trace doctor --fix" to install one, or name one in INFERSCOPE_CHROME.',
  );
}

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CollectError } from '../collectError.js';
import { chromium } from './playwright.js';

export interface FoundBrowser {
  readonly executable: string;
  /** Where it was found, for the user: an environment variable, Playwright's browsers or the system's. */
  readonly origin: string;
}

/** Our own variable, used for nothing else, so a wrong value is an error. */
const OUR_VARIABLE = 'INFERSCOPE_CHROME';
/** The variable of other tools. */
const COMMON_VARIABLE = 'CHROME_PATH';
const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder ? [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')] : [];
  }),
};

/**
 * Finds an installed Chrome or Chromium: first by environment variables, then Playwright's, then the system's.
 * @throws CollectError if our own environment variable does not name a program
 */
export function findBrowser(): FoundBrowser | null {
  const meant = process.env[OUR_VARIABLE];
  if (meant) {
    if (runs(meant)) return { executable: meant, origin: `the environment variable ${OUR_VARIABLE}` };
    throw new CollectError(
      `${OUR_VARIABLE} names ${meant}, which is no program that can be run. Name a browser's executable, or unset it.`,
    );
  }
  const theirs = process.env[COMMON_VARIABLE];
  if (theirs && runs(theirs)) return { executable: theirs, origin: `the environment variable ${COMMON_VARIABLE}` };
  const own = chromium().executablePath();
  if (own && runs(own)) return { executable: own, origin: 'Playwright’s own browsers' };
  for (const executable of PLACES[process.platform] ?? []) {
    if (runs(executable)) return { executable, origin: 'the system' };
  }
  for (const command of COMMANDS) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const executable = join(folder, command);
      if (folder && runs(executable)) return { executable, origin: 'the system' };
    }
  }
  return null;
}

function runs(executable: string): boolean {
  try {
    accessSync(executable, constants.X_OK);
    return statSync(executable).isFile();
  } catch {
    return false;
  }
}

/** What launching the browser needs. */
export interface Launchable {
  readonly executable: string;
  /** False for root: Chromium refuses to run its sandbox as root. */
  readonly sandboxed: boolean;
}

/** @throws CollectError if no browser is found */
export function requireBrowser(): Launchable {
  const found = findBrowser();
  if (found) return { executable: found.executable, sandboxed: process.getuid?.() !== 0 };
  throw new CollectError(
    'No Chrome or Chromium was found. Run "trace doctor --fix" to install one, or name one in INFERSCOPE_CHROME.',
  );
}

const OUTPUT_LINES = 12;

/** @param said output of the browser or of Playwright */
export function didNotStart(executable: string, said: string): CollectError {
  const lines = said.trim().split('\n').slice(0, OUTPUT_LINES).join('\n  ');
  return new CollectError(
    `${executable} did not start:\n  ${lines}\nTry it by hand, or name another browser in INFERSCOPE_CHROME.`,
  );
}

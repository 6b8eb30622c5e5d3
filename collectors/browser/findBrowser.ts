import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

export interface FoundBrowser {
  readonly executable: string;
  /** How it was found, for the user: an environment variable, Playwright's own, the system's. */
  readonly origin: string;
}

const VARIABLES = ['INFERSCOPE_CHROME', 'CHROME_PATH'];
const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder ? [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')] : [];
  }),
};

/** Finds an installed Chrome or Chromium: environment variables first, then Playwright's own, then the system's. */
export function findBrowser(): FoundBrowser | null {
  for (const variable of VARIABLES) {
    const executable = process.env[variable];
    if (executable && runs(executable)) return { executable, origin: `the environment variable ${variable}` };
  }
  const own = chromium.executablePath();
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
    return true;
  } catch {
    return false;
  }
}

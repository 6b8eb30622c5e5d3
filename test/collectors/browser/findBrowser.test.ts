import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { BrowserType } from 'playwright-core';
import { afterEach, expect, test, vi } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';

const playwrights = vi.hoisted(() => ({ path: '' }));
vi.mock(import('../../../collectors/browser/playwright.js'), () => ({
  chromium: () => ({ executablePath: () => playwrights.path }) as BrowserType,
}));

afterEach(() => vi.unstubAllEnvs());

async function executable(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, 0o755);
  return path;
}

/** A machine with a browser in every place that is looked at, best first. */
async function everywhere(): Promise<{ ours: string; theirs: string; own: string; google: string; debian: string }> {
  const folder = await temporaryFolder();
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  await mkdir(first);
  await mkdir(second);
  const found = {
    ours: await executable(folder, 'ours'),
    theirs: await executable(folder, 'theirs'),
    own: await executable(folder, 'own'),
    debian: await executable(first, 'chromium'),
    google: await executable(second, 'google-chrome'),
  };
  vi.stubEnv('INFERSCOPE_CHROME', found.ours);
  vi.stubEnv('CHROME_PATH', found.theirs);
  vi.stubEnv('PATH', [first, second].join(delimiter));
  playwrights.path = found.own;
  return found;
}

test.skipIf(process.platform !== 'linux')('looks where the user says, then at Playwright’s, then at the system’s', async () => {
  const { ours, theirs, own, google, debian } = await everywhere();
  expect(findBrowser()).toEqual({ executable: ours, origin: 'the environment variable INFERSCOPE_CHROME' });
  vi.stubEnv('INFERSCOPE_CHROME', '');
  expect(findBrowser()).toEqual({ executable: theirs, origin: 'the environment variable CHROME_PATH' });
  vi.stubEnv('CHROME_PATH', '');
  expect(findBrowser()).toEqual({ executable: own, origin: 'Playwright’s own browsers' });
  playwrights.path = '/nowhere/chrome';
  // Chrome goes before Chromium, wherever on the path either is.
  expect(findBrowser()).toEqual({ executable: google, origin: 'the system' });
  await chmod(google, 0o644);
  expect(findBrowser()?.executable).toBe(debian);
  vi.stubEnv('PATH', '');
  expect(findBrowser()).toBeNull();
});

test.skipIf(process.platform !== 'linux')('does not take another where ours names what is no program', async () => {
  await everywhere();
  for (const nothing of ['/nowhere/chrome', await temporaryFolder()]) {
    vi.stubEnv('INFERSCOPE_CHROME', nothing);
    expect(() => findBrowser()).toThrow(`INFERSCOPE_CHROME names ${nothing}, which is no program that can be run.`);
  }
});

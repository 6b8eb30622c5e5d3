import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { browserProcesses } from '../../../collectors/browser/processes.js';
import { whileConnected } from '../../../collectors/browser/whileConnected.js';
import { FakeBrowser } from './fakeBrowser.js';

const never = new Promise<never>(() => {});

describe('what a browser was asked for', () => {
  test('is handed on, result and error, and nothing is left listening', async () => {
    const browser = new FakeBrowser();
    expect(await whileConnected(browser.asBrowser, Promise.resolve(7))).toBe(7);
    await expect(whileConnected(browser.asBrowser, Promise.reject(new Error('no such page')))).rejects.toThrow('no such page');
    expect(browser.listenerCount('disconnected')).toBe(0);
  });

  test('is waited for no longer than the browser is there', async () => {
    const browser = new FakeBrowser();
    const waiting = whileConnected(browser.asBrowser, never);
    browser.end();
    await expect(waiting).rejects.toThrow('The browser ended while the run was going on.');
    await expect(whileConnected(browser.asBrowser, never)).rejects.toThrow('The browser ended while the run was going on.');
  });

  test('fails in our words where Playwright says first that the browser is gone, with pages of its log', async () => {
    const said = new Error('browser.newContext: Target page, context or browser has been closed\nBrowser logs:\n[1:1] dbus');
    await expect(whileConnected(new FakeBrowser().asBrowser, Promise.reject(said))).rejects.toThrow(
      /^The browser ended while the run was going on\.$/,
    );
  });
});

describe.skipIf(!findBrowser())('a browser (skipped without one: trace doctor --fix)', () => {
  test('that is killed while it opens a page ends the wait for it', async () => {
    for (let attempt = 0; attempt < 6; attempt++) {
      const { browser } = await launchBrowser();
      const own = (await browserProcesses(browser)).find(({ type }) => type === 'browser')!;
      const context = await browser.newContext();
      const opening = whileConnected(browser, context.newPage());
      opening.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 15 * attempt));
      process.kill(own.id, 'SIGKILL');
      // Where the page was there before: the next question fails.
      await expect(opening.then(() => whileConnected(browser, never))).rejects.toThrow(
        'The browser ended while the run was going on.',
      );
    }
  });
});

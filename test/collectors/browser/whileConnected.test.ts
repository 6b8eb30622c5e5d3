import { afterEach, describe, expect, test, vi } from 'vitest';
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

describe('a browser that is slow', () => {
  afterEach(() => void vi.useRealTimers());

  /** Opens a page after so long, and answers other questions, or never. */
  function asked(workMs: number, answers: boolean) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const browser = new FakeBrowser();
    let detached = 0;
    const send = (): Promise<unknown> => (answers ? Promise.resolve({}) : never);
    const newBrowserCDPSession = async () => ({ send, detach: async () => void detached++ });
    const seen = { result: 0, error: '' };
    whileConnected(
      Object.assign(browser, { newBrowserCDPSession }).asBrowser,
      new Promise<number>((resolve) => setTimeout(() => resolve(7), workMs)),
    ).then(
      (result) => {
        seen.result = result;
      },
      (error: Error) => {
        seen.error = `${error.name}: ${error.message}`;
      },
    );
    return { seen, detached: () => detached };
  }

  test('is waited for as long as it answers other questions, and its session is closed again', async () => {
    const { seen, detached } = asked(200_000, true);
    await vi.advanceTimersByTimeAsync(199_000);
    expect(seen).toEqual({ result: 0, error: '' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual({ result: 7, error: '' });
    expect(detached()).toBe(1);
  });

  test('is given up after a minute in which it answers nothing, and after minutes in which it answers all else', async () => {
    const mute = asked(1e6, false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(mute.seen.error).toBe('CollectError: The browser’s answer: no sign of life for 60 s.');
    vi.useRealTimers();
    const busy = asked(1e6, true);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(busy.seen.error).toBe('CollectError: The browser’s answer: not there after 5 min, the longest that is waited.');
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

import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { openBrowser } from '../../../collectors/browser/openBrowser.js';
import { processList } from '../../../collectors/browser/processes.js';

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe.skipIf(!findBrowser())('a browser of our own (skipped without one: trace doctor --fix)', () => {
  test('answers over its pipe, long answers too, and is gone with its profile when it is closed', async () => {
    const { browser, close } = await openBrowser('none');
    const { commandLine } = (await browser.send('SystemInfo.getInfo')) as { commandLine: string };
    const profile = /--user-data-dir=(\S+)/.exec(commandLine)![1]!;
    expect(existsSync(profile)).toBe(true);
    const text = 'é'.repeat(3 << 20);
    const url = `data:text/html,<title>long`;
    const { targetId } = (await browser.send('Target.createTarget', { url })) as { targetId: string };
    const { sessionId } = (await browser.send('Target.attachToTarget', { targetId, flatten: false })) as { sessionId: string };
    const answered = new Promise<string>((resolve) => {
      browser.on('Target.receivedMessageFromTarget', (params) => resolve((params as { message: string }).message));
    });
    const message = JSON.stringify({
      id: 1,
      method: 'Runtime.evaluate',
      params: { expression: `${JSON.stringify(text)}`, returnByValue: true },
    });
    await browser.send('Target.sendMessageToTarget', { sessionId, message });
    expect(JSON.parse(await answered).result.result.value).toBe(text);
    const main = (await processList(browser)).find(({ type }) => type === 'browser')!;
    await close();
    expect(existsSync(profile)).toBe(false);
    expect(runs(main.id)).toBe(false);
    await expect(browser.send('Browser.getVersion')).rejects.toThrow('The browser ended');
  });

  test('that does not start says so, with what it said', async () => {
    const { INFERSCOPE_CHROME } = process.env;
    process.env.INFERSCOPE_CHROME = '/bin/false';
    try {
      await expect(openBrowser('none')).rejects.toThrow(/^\/bin\/false did not start:\n {2}It ended with exit code 1/);
    } finally {
      if (INFERSCOPE_CHROME === undefined) delete process.env.INFERSCOPE_CHROME;
      else process.env.INFERSCOPE_CHROME = INFERSCOPE_CHROME;
    }
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { attachPage } from '../../../collectors/page/attachPage.js';
import { silent } from '../../../collectors/progress.js';
import { openChrome } from '../attach/openChrome.js';

describe.skipIf(!findBrowser())('a tab of a Chrome that is open (skipped without a browser)', () => {
  let chrome: Awaited<ReturnType<typeof openChrome>>;
  beforeAll(async () => {
    chrome = await openChrome();
  });
  afterAll(() => chrome?.[Symbol.asyncDispose]());

  test('is said to be hidden where it is behind another, and not where it is in front', async () => {
    const behind = await chrome.open('/reporting');
    const front = await chrome.open('/reporting');
    const notesOf = async (tab: string): Promise<readonly string[]> => {
      const source = { endpoint: String(chrome.port), tab, reload: false, allowRemote: false };
      const target = await attachPage(source, silent, new AbortController().signal);
      await target.close();
      return target.notes;
    };
    expect(await notesOf(behind)).toEqual([expect.stringMatching(/^This tab is hidden: .*Bring it to the front/)]);
    expect(await notesOf(front)).toEqual([]);
  });
});

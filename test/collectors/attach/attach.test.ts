import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { attach } from '../../../collectors/attach/attach.js';
import { attachEffects } from '../../../collectors/attach/attachEffects.js';
import type { AttachError } from '../../../collectors/attach/attachError.js';
import { attachTab } from '../../../collectors/attach/attachTab.js';
import { openConnection } from '../../../collectors/attach/openConnection.js';
import { listTabs } from '../../../collectors/attach/tabs.js';
import { silent } from '../../../collectors/progress.js';
import { openChrome } from './openChrome.js';

let chrome: Awaited<ReturnType<typeof openChrome>>;
const never = new AbortController().signal;
const request = (given: { endpoint?: string; tab?: string }) => ({
  endpoint: undefined,
  tab: undefined,
  allowRemote: false,
  ...given,
});
const effects = () => ({ ...attachEffects(), folders: [{ browser: 'Chrome', folder: chrome.folder }] });
const evaluate = (expression: string) => ({ expression, returnByValue: true, awaitPromise: true });

beforeAll(async () => {
  chrome = await openChrome();
});
afterAll(() => chrome[Symbol.asyncDispose]());

test('finds the running browser by its file, attaches to its only tab, and evaluates there', async () => {
  const attached = await attach(request({}), silent, never, effects());
  expect(attached.tab).toMatchObject({ url: `${chrome.base}/quiet`, attached: false });
  expect(attached.notes).toEqual([]);
  expect(await attached.session.send('Runtime.evaluate', evaluate('document.title'))).toMatchObject({
    result: { value: 'quiet' },
  });
  await attached.close();
  await expect(attached.session.send('Runtime.evaluate', evaluate('1'))).rejects.toThrow('was closed');
});

test('leaves the tabs, their URLs and all that a page can see as they were', async () => {
  const id = await chrome.open('/reporting');
  const before = { tabs: await chrome.tabs(), page: JSON.parse(await chrome.report()) };
  const attached = await attach(request({ endpoint: String(chrome.port), tab: 'REPORTING' }), silent, never, effects());
  expect(attached.tab.id).toBe(id);
  await attached.session.send('Runtime.evaluate', evaluate('1 + 1'));
  const during = JSON.parse(await chrome.report());
  await attached.close();
  expect({ tabs: await chrome.tabs(), page: JSON.parse(await chrome.report()) }).toEqual(before);
  expect(during).toEqual(before.page);
  await chrome.closeTab(id);
});

test('takes each form of an address of the same browser, and lists the tabs where several are open', async () => {
  const id = await chrome.open('/reporting');
  for (const endpoint of [
    String(chrome.port),
    `localhost:${chrome.port}`,
    `http://127.0.0.1:${chrome.port}/`,
    chrome.socketUrl,
    '',
  ]) {
    await expect(attach(request({ endpoint }), silent, never, effects())).rejects.toMatchObject({
      code: 'several-tabs',
      message: expect.stringContaining(`quiet  ${chrome.base}/quiet`),
    });
  }
  await chrome.closeTab(id);
});

test('says of a tab that hangs that it does not answer, and attaches to its neighbour all the same', async () => {
  const id = await chrome.open('/hanging');
  const connection = await openConnection(chrome.socketUrl, silent, never);
  const hanging = await vi.waitFor(async () => {
    const own = (await listTabs(connection.browser)).find((tab) => tab.id === id);
    expect(own).toMatchObject({ title: 'hangs' });
    return own!;
  }, 30_000);
  const tabs = await listTabs(connection.browser);
  await expect(attachTab(connection, hanging, 1500)).rejects.toMatchObject({
    code: 'tab-silent',
    message: expect.stringContaining('/hanging) does not answer within 1.5 s. It may be frozen or discarded'),
  });
  const session = await attachTab(connection, tabs.find((tab) => tab.url.endsWith('/quiet'))!);
  expect(await session.send('Runtime.evaluate', evaluate('1'))).toMatchObject({ result: { value: 1 } });
  await connection.close();
  await chrome.closeTab(id);
});

test('warns when DevTools is open on the tab, and when another tool is attached to it', async () => {
  const tab = 'quiet';
  const other = await attach(request({ tab }), silent, never, effects());
  const beside = await attach(request({ tab }), silent, never, effects());
  expect(beside.notes).toEqual([expect.stringContaining('Another tool is attached')]);
  await beside.close();
  await other.browser.send('Target.openDevTools', { targetId: other.tab.id });
  const title = `DevTools - ${chrome.base.slice('http://'.length)}/quiet`;
  await vi.waitFor(
    async () => expect(await listTabs(other.browser, true)).toContainEqual(expect.objectContaining({ title })),
    30_000,
  );
  const warned = await attach(request({ tab }), silent, never, effects());
  expect(warned.notes).toEqual([expect.stringContaining('DevTools is open on this tab')]);
  await warned.close();
  const shown = (await listTabs(other.browser, true)).find(({ url }) => url.startsWith('devtools:'))!;
  await other.browser.send('Target.closeTarget', { targetId: shown.id });
  await other.close();
});

test('ends every wait when the tab is closed, and tells who listens', async () => {
  const id = await chrome.open('/reporting');
  const { session, close } = await attach(request({ tab: id }), silent, never, effects());
  const told: AttachError[] = [];
  session.onEnd((why) => told.push(why));
  const waiting = session.send('Runtime.evaluate', evaluate('new Promise(() => {})'));
  const ended = expect(waiting).rejects.toMatchObject({ code: 'tab-gone' });
  await chrome.closeTab(id);
  await ended;
  expect(told).toMatchObject([{ code: 'tab-gone' }]);
  await expect(session.send('Page.enable')).rejects.toMatchObject({ code: 'tab-gone' });
  await close();
});

test('ends every wait when the page crashes', async () => {
  const id = await chrome.open('/reporting');
  const { session, close } = await attach(request({ tab: id }), silent, never, effects());
  const waiting = session.send('Runtime.evaluate', evaluate('new Promise(() => {})'));
  const ended = expect(waiting).rejects.toMatchObject({ code: 'tab-gone', message: 'The page in the tab crashed.' });
  await expect(session.send('Page.crash')).rejects.toMatchObject({ code: 'tab-gone' });
  await ended;
  await close();
  await chrome.closeTab(id);
});

test('gives up a request that is not answered within its limit, and passes on why one is refused', async () => {
  const { session, close } = await attach(request({ tab: 'quiet' }), silent, never, effects());
  await expect(session.send('Runtime.evaluate', evaluate('new Promise(() => {})'), { timeout: 200 })).rejects.toMatchObject({
    code: 'request-silent',
    message: 'The browser did not answer Runtime.evaluate within 0.2 s.',
  });
  await expect(session.send('No.such')).rejects.toMatchObject({
    code: 'request-failed',
    message: expect.stringContaining('No.such'),
  });
  await close();
});

test('ends every wait when the browser is killed', async () => {
  const { session, browser, close } = await attach(request({ tab: 'quiet' }), silent, never, effects());
  const told: AttachError[] = [];
  session.onEnd((why) => told.push(why));
  const waiting = [
    session.send('Runtime.evaluate', evaluate('new Promise(() => {})')),
    browser.send('Target.getTargets').then(() => session.send('Runtime.evaluate', evaluate('new Promise(() => {})'))),
  ];
  const ended = Promise.all(waiting.map((one) => expect(one).rejects.toMatchObject({ code: 'connection-lost' })));
  await chrome.kill();
  await ended;
  expect(told).toMatchObject([{ code: 'connection-lost' }]);
  await expect(browser.send('Browser.getVersion')).rejects.toMatchObject({ code: 'connection-lost' });
  await close();
  await expect(attach(request({}), silent, never, effects())).rejects.toMatchObject({
    code: 'no-browser',
    message: expect.stringContaining(`nobody listens on its port ${chrome.port} any more`),
  });
});

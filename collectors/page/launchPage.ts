import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import { attachTab } from '../attach/attachTab.js';
import type { AttachedSession } from '../attach/sessionTable.js';
import { listTabs } from '../attach/tabs.js';
import { type OpenedBrowser, type OpenOptions, openBrowser } from '../browser/openBrowser.js';
import { ownFacts } from '../browser/ownFacts.js';
import type { GpuUse } from '../browser/switches.js';
import { CollectError } from '../collectError.js';
import type { Progress } from '../progress.js';
import { askBrowser, NO_LIMIT } from '../protocolSession.js';
import { whileProgress } from '../whileProgress.js';
import { LimitError } from '../within.js';
import { letGo, type PageTarget, whyGone } from './pageTarget.js';

/** A server that gives nothing for so long, on a machine whose browser answers, is not waited for. */
const OPENING = { what: 'The page', silenceMs: 60_000, capMs: 5 * 60_000 };
const ERROR_LIMIT = 300;

const navigated = z.object({ loaderId: z.string().optional(), errorText: z.string().optional() });
const responded = z.object({ requestId: z.string(), response: z.object({ status: z.number() }) });
const dialog = z.object({ type: z.string() });

export interface LaunchOptions extends OpenOptions {
  /** The GPU of the browser, if it is known; absent: the hardware if there is some, or else software rendering. */
  readonly gpu?: GpuUse;
}

/**
 * A blank page in a launched browser, ready to open a URL. The browser has a GPU or software rendering, since the page may need
 * it.
 * @throws CollectError if there is no browser
 */
export async function launchPage(
  url: string,
  progress: Pick<Progress, 'note'>,
  { gpu, ...options }: LaunchOptions = {},
): Promise<PageTarget> {
  const { opened, facts } = await (gpu ? ready(gpu, options) : withGpu(options));
  try {
    if (!opened.sandboxed) progress.note('Running as root: Chromium starts without its sandbox (--no-sandbox).');
    await opened.browser.send('Browser.setDownloadBehavior', { behavior: 'deny' });
    const tab = (await listTabs(opened.browser))[0]!;
    const page = await attachTab(opened, tab);
    // A dialog blocks the page until it is answered. We agree to leave the page, and decline all others.
    page.on('Page.javascriptDialogOpening', (params) => {
      const accept = dialog.safeParse(params).data?.type === 'beforeunload';
      page.send('Page.handleJavaScriptDialog', { accept }).catch(() => {});
    });
    await page.send('Page.enable');
    return {
      opened: 'launched',
      url,
      title: '',
      page,
      browser: opened.browser,
      isHere: true,
      facts: { ...facts, executable: opened.executable, headless: true, sandboxed: opened.sandboxed },
      notes: [],
      gone: whyGone(page),
      begin: () => open(page, url),
      async again() {
        await letGo(page);
        // Otherwise an address with a fragment would not be loaded again.
        await page.send('Page.navigate', { url: 'about:blank' });
        return attachTab(opened, tab);
      },
      close: opened.close,
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

interface Ready {
  readonly opened: OpenedBrowser;
  readonly facts: Awaited<ReturnType<typeof ownFacts>>;
}

/** With the machine's GPU, otherwise with software rendering. */
async function withGpu(options: OpenOptions): Promise<Ready> {
  const hardware = await ready('hardware', options);
  if (hardware.facts.softwareRendering === false) return hardware;
  await hardware.opened.close();
  return ready('software', options);
}

async function ready(gpu: GpuUse, options: OpenOptions): Promise<Ready> {
  const opened = await openBrowser(gpu, options);
  try {
    return { opened, facts: await ownFacts(opened.browser) };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** @returns what the user should know about the loading */
async function open(page: AttachedSession, url: string): Promise<readonly string[]> {
  const statuses = new Map<string, number>();
  page.on('Network.responseReceived', (params) => {
    const { data } = responded.safeParse(params);
    if (data) statuses.set(data.requestId, data.response.status);
  });
  await page.send('Network.enable');
  const wait = whileProgress({ ...OPENING, witness: () => askBrowser(page) });
  const answer = await wait(page.send('Page.navigate', { url }, NO_LIMIT)).catch((error: Error) => {
    if (error instanceof LimitError) return { errorText: `no answer within ${OPENING.silenceMs / 1000} s` };
    throw error;
  });
  // Only the first response matters: watching all of them costs the page time.
  await page.send('Network.disable').catch(() => {});
  const { loaderId, errorText } = navigated.parse(answer);
  if (errorText) {
    throw new CollectError(
      `${inertText(url)} could not be opened: ${inertText(errorText, ERROR_LIMIT)}. Does it open in a browser of this machine?`,
    );
  }
  const status = statuses.get(loaderId ?? '');
  return status === undefined || status < 400 ? [] : [`The server answered ${status} for the page.`];
}

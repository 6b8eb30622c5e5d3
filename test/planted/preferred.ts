import { writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';

/** Of a session, as the kernel groups them: https://man7.org/linux/man-pages/man7/sched.7.html (autogroup). */
const NICE = '-15';

/**
 * Has the kernel prefer the browser, and this process with its children, to other programs of the machine, where it lets us (root
 * on Linux): what they take would only widen the margins. Processes of both groups stay equals.
 */
export async function preferred(browser: Browser): Promise<void> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  const pids = [process.pid, ...processInfo.map(({ id }) => id)];
  await Promise.all(pids.map((pid) => writeFile(`/proc/${pid}/autogroup`, NICE).catch(() => {})));
}

import type { Browser, Page } from 'playwright-core';
import { ONE_PIXEL } from './onePixel.js';

export interface BusyPage {
  run(): void;
  pause(): void;
}

/** Draws one pixel for some milliseconds and reads it, over and over: reading holds the thread of the GPU process that serves all pages. */
const SCRIPT = `${ONE_PIXEL}
gl.uniform1i(gl.getUniformLocation(program, 'turns'), 1000000);
let on = false;
addEventListener('message', ({ data }) => { on = data; });
setInterval(() => {
  if (!on) return;
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}, 5);`;

/** Another page of the same browser, and so of the same GPU process, that can be made busy on the GPU. */
export async function openBusyPage(browser: Browser): Promise<BusyPage> {
  const page: Page = await (await browser.newContext()).newPage();
  await page.setContent(`<script>${SCRIPT}</script>`);
  const set = (on: boolean) => (): void => void page.evaluate((busy) => window.postMessage(busy), on).catch(() => {});
  return { run: set(true), pause: set(false) };
}

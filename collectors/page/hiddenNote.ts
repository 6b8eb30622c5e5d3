import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import { isolatedWorld } from './isolatedWorld.js';

const evaluated = z.object({ result: z.object({ value: z.string() }) });

const HIDDEN =
  'This tab is hidden: behind another tab or window, or minimized. Chrome draws no frames for it and slows its timers down, so the page infers more rarely, and slower, than where somebody looks at it. Bring it to the front, and record it again.';

/**
 * What to warn of when nobody can see a tab, asked from a world of our own, so that nothing is left in the page.
 * https://developer.chrome.com/blog/timer-throttling-in-chrome-88
 * @returns null if somebody can, or where the page does not answer
 */
export async function hiddenNote(page: ProtocolSession): Promise<string | null> {
  try {
    const contextId = await isolatedWorld(page);
    const answer = await page.send('Runtime.evaluate', {
      expression: 'document.visibilityState',
      contextId,
      returnByValue: true,
    });
    return evaluated.parse(answer).result.value === 'hidden' ? HIDDEN : null;
  } catch {
    return null;
  }
}

import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import { valueInIsolatedWorld } from './valueInIsolatedWorld.js';

const HIDDEN =
  'This tab is hidden: behind another tab or window, or minimized. Chrome draws no frames for it and slows its timers down, so the page infers more rarely, and slower, than where somebody looks at it. Bring it to the front, and record it again.';

/**
 * What to warn of when nobody can see a tab.
 * https://developer.chrome.com/blog/timer-throttling-in-chrome-88
 * @returns null if somebody can, or where the page does not answer
 */
export async function hiddenNote(page: ProtocolSession): Promise<string | null> {
  try {
    const state = await valueInIsolatedWorld(page, 'document.visibilityState', z.string());
    return state === 'hidden' ? HIDDEN : null;
  } catch {
    return null;
  }
}

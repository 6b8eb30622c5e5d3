import { operationKinds, type QoeRoundLog } from '../../src/bundle/qoeLog.js';
import type { ProtocolSession } from '../protocolSession.js';
import { FIRST_ROWS, places } from './page/protocol.js';

type Kind = QoeRoundLog['operations'][number];

/** A user waits for an answer, and a moment more, ms. */
const PAUSE_MS = { min: 150, max: 350 };

/**
 * Uses the page by real input until a time is over: adds, ticks off and removes things, with pauses of random length. The next
 * operation begins when the page has taken the last one.
 * @param next stream of numbers in [0, 1)
 * @returns what was sent
 */
export async function operate(page: ProtocolSession, forMs: number, next: () => number): Promise<readonly Kind[]> {
  const untilMs = performance.now() + forMs;
  const sent: Kind[] = [];
  while (performance.now() < untilMs) {
    const kind = operationKinds[sent.length % operationKinds.length]!;
    // A row that is always there.
    const row = Math.floor(next() * (FIRST_ROWS - 2));
    if (kind === 'add') {
      await page.send('Input.insertText', { text: `thing ${sent.length}` });
      await enter(page);
    } else await click(page, kind === 'toggle' ? places.boxX : places.removeX, row);
    sent.push(kind);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS.min + next() * (PAUSE_MS.max - PAUSE_MS.min)));
  }
  return sent;
}

async function enter(page: ProtocolSession): Promise<void> {
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, text: '\r' });
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

async function click(page: ProtocolSession, x: number, row: number): Promise<void> {
  const at = { x, y: places.firstRowPx + (row + 0.5) * places.rowPx, button: 'left', clickCount: 1 };
  await page.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
  await page.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
}

import { z } from 'zod';
import { processList } from '../browser/processes.js';
import type { ProtocolSession } from '../protocolSession.js';

const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });
/** Both readings count the system's ticks of 10 ms. They differ only in how a sum of ticks is rounded. */
const ROUNDING_SECONDS = 0.001;
/** The page runs for some ticks between two readings, which separates its process from others with the same CPU time. */
const BUSY_MS = 50;
const MOST_READINGS = 20;

export interface PageProcesses {
  /** Null if the browser does not report it. */
  readonly page: number | null;
  readonly gpu: number | null;
}

/**
 * Finds the process of a page. The browser keeps spare renderers and does not say which one the page uses. But the page's process
 * reports its own CPU time, and only one renderer matches it at every reading. (The renderer that runs most while the page is
 * kept busy may be the wrong one: on a busy machine it may be one that is just starting.)
 * https://chromedevtools.github.io/devtools-protocol/tot/Performance/#method-getMetrics (ProcessTime)
 * @param browser a session with the browser itself
 */
export async function processOfPage(browser: ProtocolSession, page: ProtocolSession): Promise<PageProcesses> {
  await page.send('Performance.enable');
  let candidates: readonly number[] | null = null;
  let gpu: number | null = null;
  for (let reading = 0; reading < MOST_READINGS && (candidates === null || candidates.length > 1); reading++) {
    if (reading > 0) await page.send('Runtime.evaluate', { expression: busy(BUSY_MS) });
    const before = await processList(browser);
    const ranSeconds = await processSeconds(page);
    const after = new Map((await processList(browser)).map(({ id, cpuTime }) => [id, cpuTime]));
    const fitting = before.filter(
      ({ type, id, cpuTime }) =>
        type === 'renderer' && cpuTime <= ranSeconds + ROUNDING_SECONDS && (after.get(id) ?? 0) >= ranSeconds - ROUNDING_SECONDS,
    );
    candidates = fitting.map(({ id }) => id).filter((id) => candidates?.includes(id) ?? true);
    gpu = before.find(({ type }) => type === 'GPU')?.id ?? null;
  }
  await page.send('Performance.disable');
  return { page: candidates?.length === 1 ? candidates[0]! : null, gpu };
}

/** CPU time of the page's process since its start, seconds; NaN if the browser does not report it. */
async function processSeconds(page: ProtocolSession): Promise<number> {
  const { metrics } = metricsSchema.parse(await page.send('Performance.getMetrics'));
  return metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN;
}

const busy = (ms: number): string => `{ const endMs = performance.now() + ${ms}; while (performance.now() < endMs); }`;

import { z } from 'zod';
import { processList } from '../browser/processes.js';
import type { ProtocolSession } from '../protocolSession.js';

const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });
/** Both readings count in the system's ticks of 10 ms; they differ only by how a sum of ticks is rounded. */
const ROUNDING_SECONDS = 0.001;
/** The page runs for some ticks between two readings, so that its process gets apart from others that ran as long. */
const BUSY_MS = 50;
const MOST_READINGS = 20;

export interface PageProcesses {
  /** Null where the browser does not tell. */
  readonly page: number | null;
  readonly gpu: number | null;
}

/**
 * Finds which of the browser's processes runs a page, since it keeps others ready and does not say: the page's process knows how long it
 * ran since it began, and only one renderer has run as long each time that both are asked. (Not the one that runs most while the page
 * is kept busy: on a machine with other work that may be a renderer that just begins.)
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

/** How long the process that runs a page ran since it began, seconds; NaN where the browser does not tell. */
async function processSeconds(page: ProtocolSession): Promise<number> {
  const { metrics } = metricsSchema.parse(await page.send('Performance.getMetrics'));
  return metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN;
}

const busy = (ms: number): string => `{ const endMs = performance.now() + ${ms}; while (performance.now() < endMs); }`;

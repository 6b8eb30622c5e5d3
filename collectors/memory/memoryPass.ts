import type { Browser } from 'playwright-core';
import { type MemoryLog, type MemoryPhaseId, memoryLogSchema } from '../../src/bundle/memoryLog.js';
import { launchFor } from '../browser/launchBrowser.js';
import { whileConnected } from '../browser/whileConnected.js';
import { openHarness } from '../harness/session.js';
import type { PassContext } from '../passContext.js';
import { PageMemoryLog } from './pageMemoryLog.js';
import { type PageProcesses, processOfPage } from './processOfPage.js';
import { canReadProcessMemory, sampleMemory } from './sampleMemory.js';
import { watchHeaps } from './watchHeaps.js';

/** It has a browser of its own. */
type Context = Omit<PassContext, 'browser' | 'picked'>;

/** A reading of two processes takes some ms of a core. */
const INTERVAL_MS = 50;
/** Of the blank page, and after everything was disposed of: the browser frees some things a moment later. */
const STILL_MS = 500;
const PREDICTIONS_MS = 2000;
const PREDICTIONS = { min: 2, max: 20 };

/**
 * The memory pass: the run once more, watched from the blank page until after everything was disposed of; in a fresh browser of its own, so
 * that the page's process and the GPU process begin empty, and after everything that is timed. That it cannot be had is no failure of
 * the run; what was seen until it failed is kept.
 */
export async function memoryPass(context: Context): Promise<void> {
  const { options, record, progress, signal } = context;
  const { collectors, browser: facts } = record.manifest;
  progress.step('Watching memory');
  try {
    const { browser } = await launchFor(options.backend, { software: facts?.softwareRendering !== false });
    try {
      collectors.memory = { outcome: 'done', detail: await watchRun(browser, context) };
    } finally {
      await browser.close();
    }
  } catch (error) {
    if (signal.aborted) throw error;
    collectors.memory = {
      outcome: 'failed',
      detail: `Memory over the run could not be recorded to its end: ${(error as Error).message}`,
    };
  }
}

/** @returns what was recorded, in words */
async function watchRun(browser: Browser, { server, options, workload, record, signal }: Context): Promise<string> {
  const session = await openHarness(browser, server, signal);
  const heaps = await whileConnected(browser, watchHeaps(session.cdp));
  // The page as it is before anything is asked of it; only now is its process the one that it stays in.
  await whileConnected(browser, session.page.goto(server.origin, { waitUntil: 'load' }));
  const startedMs = performance.now();
  const now = (): number => performance.now() - startedMs;
  const processes = canReadProcessMemory()
    ? await whileConnected(
        browser,
        browser.newBrowserCDPSession().then((own) => processOfPage(own, session.cdp)),
      )
    : null;
  const sampler = sampleMemory(processes, heaps, INTERVAL_MS, now);
  const page = new PageMemoryLog(now);
  const phases: MemoryLog['phases'] = [];
  let isOpen = false;
  let predictions = 0;

  const phase = async (id: MemoryPhaseId, action: () => Promise<unknown>): Promise<void> => {
    const startMs = now();
    try {
      await action();
    } finally {
      await sampler.read();
      if (isOpen) await page.take(() => session.memory()).catch(() => {});
      phases.push({ phase: id, startMs, endMs: now() });
    }
  };
  try {
    await phase('blank', () => still(STILL_MS));
    await phase('load', async () => {
      await session.open(options.on, { ...workload, watchMemory: true });
      isOpen = true;
    });
    await phase('setup', () => session.setup());
    await phase('warm-up', () => session.warmup());
    await phase('prediction', async () => {
      const untilMs = now() + PREDICTIONS_MS;
      for (; predictions < PREDICTIONS.max && (predictions < PREDICTIONS.min || now() < untilMs); predictions++) {
        // One by one, so that the thread has time to say what it holds.
        await session.predict(1);
      }
    });
    await phase('dispose', async () => {
      await session.dispose();
      await heaps.collectGarbage();
    });
    await phase('after', () => still(STILL_MS));
  } finally {
    await record.writer.memory(
      memoryLogSchema.parse({
        schema: 'inferscope.memory/1',
        source: sourceOf(processes),
        intervalMs: INTERVAL_MS,
        clockErrorMs: page.clockErrorMs,
        phases,
        ...sampler.stop(),
        page: page.rows,
      } satisfies MemoryLog),
    );
    await session.close().catch(() => {});
  }
  return `${sourceOf(processes)}; ${predictions} predictions`;
}

const sourceOf = (processes: PageProcesses | null): string =>
  `${processesIn(processes)} and heaps every ${INTERVAL_MS} ms, Wasm memories and tensors as they are made`;

function processesIn(processes: PageProcesses | null): string {
  if (!processes) return 'No processes, as this system does not tell of them,';
  return processes.page === null
    ? 'Processes (smaps_rollup; not the page’s, as the browser did not tell which it is)'
    : 'Processes (smaps_rollup)';
}

const still = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

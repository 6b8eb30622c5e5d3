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

/** The pass has its own browser. */
type Context = Omit<PassContext, 'browser' | 'picked'>;

/** Reading two processes takes a few ms of CPU time. */
const INTERVAL_MS = 50;
/** Pause on the blank page and after disposal: the browser frees some memory a moment later. */
const PAUSE_MS = 500;
const PREDICTIONS_MS = 2000;
const PREDICTIONS = { min: 2, max: 20 };

/**
 * The memory pass: one more run, watched from the blank page until everything has been disposed of. It uses a fresh browser, so
 * that the page's process and the GPU process begin empty, and comes after everything that is timed.
 * If it fails, the run has not failed, and what was recorded so far is kept.
 */
export async function memoryPass(context: Context): Promise<void> {
  const { options, record, progress, signal } = context;
  const { collectors, browser: facts } = record.manifest;
  progress.step('Watching memory');
  try {
    const { browser } = await launchFor(options.backend, {
      v8Flags: options.v8Flags ?? [],
      software: facts?.softwareRendering !== false,
    });
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
  // The initial state of the page. Only after this navigation is it in its final process.
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
    await phase('blank', () => sleep(PAUSE_MS));
    await phase('load', async () => {
      await session.open(options.on, { ...workload, watchMemory: true });
      isOpen = true;
    });
    await phase('setup', () => session.setup());
    await phase('warm-up', () => session.warmup());
    await phase('prediction', async () => {
      const untilMs = now() + PREDICTIONS_MS;
      for (; predictions < PREDICTIONS.max && (predictions < PREDICTIONS.min || now() < untilMs); predictions++) {
        // One at a time, so that the thread can report its memory in between.
        await session.predict(1);
      }
    });
    await phase('dispose', async () => {
      await session.dispose();
      await heaps.collectGarbage();
    });
    await phase('after', () => sleep(PAUSE_MS));
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

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

import type { Browser } from 'playwright-core';
import type { Manifest } from '../src/bundle/manifest.js';
import type { Workload } from './harness/protocol.js';
import type { HarnessServer } from './harness/server.js';
import { openHarness } from './harness/session.js';

/**
 * Finds where the operators of the run's model run: frameworks pass those that a GPU backend lacks to the CPU, and say nothing. In a context
 * of its own, after everything else, since it costs another set-up. That it cannot be had is no failure of the run.
 */
export async function placementOf(
  browser: Browser,
  server: HarnessServer,
  on: 'worker' | 'main',
  workload: Workload,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<void> {
  const session = await openHarness(browser, server, signal);
  try {
    await session.open(on, workload);
    manifest.placement = await session.placement();
    if (manifest.placement) manifest.collectors.placement = { outcome: 'done', detail: manifest.placement.source };
  } catch (error) {
    if (signal.aborted) throw error;
    const detail = `Where each operator ran is unknown: ${(error as Error).message}`;
    manifest.collectors.placement = { outcome: 'failed', detail };
  } finally {
    await session.close().catch(() => {});
  }
}

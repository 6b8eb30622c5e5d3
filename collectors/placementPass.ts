import { openHarness } from './harness/session.js';
import type { PassContext } from './passContext.js';

type Context = Omit<PassContext, 'picked'>;

/**
 * Finds where the operators of the run's model run: frameworks silently move operators that a GPU backend lacks to the CPU. It
 * uses a fresh context and comes last, since it costs another set-up. If it fails, the run has not failed.
 */
export async function placementPass({ browser, server, options, workload, record, progress, signal }: Context): Promise<void> {
  progress.step('Finding where each operator runs');
  const { manifest } = record;
  const session = await openHarness(browser, server, signal);
  try {
    await session.open(options.on, workload);
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

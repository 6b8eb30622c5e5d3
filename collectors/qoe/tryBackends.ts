import { CollectError } from '../collectError.js';
import type { CollectOptions } from '../collectOptions.js';
import { frameworks, isGpuBackend } from '../frameworks.js';
import type { Progress } from '../progress.js';
import { type TryOptions, type TryResult, tryRun } from '../tryRun.js';

/** What takes longer for three inferences has hardly one in a round. */
const LIMIT_MS = 180_000;

/**
 * Tries the backends that a page is to infer on beside the run’s own, before minutes of measuring.
 * @param attempt replaced in tests
 * @throws CollectError if the model does not run on one of them
 */
export async function tryBackends(
  options: CollectOptions,
  softwareRendering: boolean | null,
  progress: Progress,
  signal: AbortSignal,
  attempt: (options: TryOptions) => Promise<TryResult> = tryRun,
): Promise<void> {
  const { model, inputs, framework, threads, qoe } = options;
  // The browser of a run without a GPU was not asked to use one.
  const software = isGpuBackend(options.backend) ? softwareRendering : null;
  for (const backend of qoe?.backends ?? []) {
    progress.step(`Trying ${backend}`);
    const limits = { limitMs: LIMIT_MS, signal };
    const { outcome, reason } = await attempt({ model, inputs, framework, backend, threads, software, ...limits });
    if (outcome === 'runs') continue;
    const { title } = frameworks[framework];
    const what = outcome === 'fails' ? `${title} cannot run ${model.name} on it` : `${model.name} is too slow on it here`;
    throw new CollectError(
      `--qoe-backend ${backend}: ${what}: ${reason}. Leave it out, or try another framework or model ("trace models" lists what runs where).`,
    );
  }
}

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { packageRoot } from '../../src/bundle/packageRoot.js';
import type { BaselineInput } from '../baseline/nativeBaseline.js';
import { launchFor } from '../browser/launchFor.js';
import { CollectError } from '../collectError.js';
import { type FrameworkId, frameworks } from '../frameworks.js';
import { serveHarness } from '../harness/server.js';
import { openHarness } from '../harness/session.js';
import { within } from '../within.js';
import { notFinite } from './notFinite.js';
import { shortReason } from './shortReason.js';

export interface TryOptions {
  readonly model: {
    readonly path: string;
    readonly externalData: readonly { readonly location: string; readonly path: string }[];
  };
  readonly inputs: readonly BaselineInput[];
  readonly framework: FrameworkId;
  readonly backend: string;
  readonly threads: number;
  /** Whether the browser draws in software, as seen before; a browser that is asked anew takes a second. */
  readonly software: boolean;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/**
 * Tries whether a model runs on a backend: set-up, warm-up and one prediction, whose numbers have to be finite, in a browser of its own,
 * since one that hangs or loses its device would spoil the next try. Nothing is measured.
 *
 * @returns null if it runs, else why not
 * @throws CollectError if stopped
 */
export async function tryRun(options: TryOptions): Promise<string | null> {
  const { signal, limitMs, software, backend } = options;
  const launched = await launchFor(backend, { software });
  try {
    return await within(limitMs, attempt(options, launched.browser));
  } catch (error) {
    if (signal.aborted) throw new CollectError('Stopped.');
    return shortReason(error as Error);
  } finally {
    await launched.browser.close().catch(() => {});
  }
}

type Browser = Parameters<typeof openHarness>[0];

async function attempt(
  { model, inputs, framework, backend, threads, signal }: TryOptions,
  browser: Browser,
): Promise<string | null> {
  const { folders, switchesSimd } = frameworks[framework];
  const server = await serveHarness({
    modelPath: model.path,
    externalData: model.externalData,
    inputs: inputs.map(({ bytes }) => bytes),
    frameworkFolders: folders(),
    scriptFolder: join(packageRoot(), 'dist/browser'),
    isolated: true,
  });
  try {
    const session = await openHarness(browser, server, signal);
    await session.open('worker', {
      runId: randomBytes(4).toString('hex'),
      framework,
      backend,
      threads,
      simd: switchesSimd && backend === 'wasm' ? true : null,
      inputs: inputs.map(({ spec }) => spec),
      externalData: model.externalData.map(({ location }) => location),
      captureModules: false,
      recordGpu: false,
      profileOperators: false,
      watchMemory: false,
    });
    await session.setup();
    await session.warmup();
    await session.predict(1);
    const odd = notFinite(await session.outputs());
    return odd === null ? null : `its output "${odd}" holds NaN or an infinity`;
  } finally {
    await server.close();
  }
}

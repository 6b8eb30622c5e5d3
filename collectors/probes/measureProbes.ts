import type { Browser } from 'playwright-core';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { NativeBaseline } from '../baseline/nativeBaseline.js';
import type { BaselineInput } from '../baseline/protocol.js';
import { startNativeBaseline } from '../baseline/startNativeBaseline.js';
import { NOTHING_CHANGED, NOTHING_RECORDED } from '../harness/protocol.js';
import { serveHarness } from '../harness/server.js';
import { type HarnessSession, openHarness } from '../harness/session.js';
import { contentOf, toldOf } from '../harness/subject.js';

export type Probes = NonNullable<NonNullable<Manifest['ladder']>['probes']>;

/** A model that is one large matrix product, and the floating-point operations of one run. */
export interface ProbeModel {
  readonly path: string;
  readonly inputs: readonly BaselineInput[];
  readonly operations: number;
}

const ROUNDS = 8;
const RUNS_PER_ROUND = 8;

/**
 * Measures this machine's arithmetic speed with one thread: the probe functions in the browser, and one large matrix product by
 * the same library natively and in the browser, in turn. The fastest run of each counts, since it was disturbed least.
 */
export async function measureProbes(browser: Browser, model: ProbeModel, signal: AbortSignal): Promise<Probes> {
  const subject = { framework: 'ort', model: { path: model.path, externalData: [] }, inputs: model.inputs } as const;
  const server = await serveHarness({ ...contentOf(subject), isolated: true });
  let native: NativeBaseline | null = null;
  let session: HarnessSession | null = null;
  try {
    native = await startNativeBaseline({ modelPath: model.path, inputs: model.inputs, threads: 1, signal });
    session = await openHarness(browser, server, signal);
    await native.setup();
    await session.open('worker', {
      runId: 'probe',
      backend: 'wasm',
      threads: 1,
      simd: null,
      ...toldOf(subject),
      ...NOTHING_CHANGED,
      ...NOTHING_RECORDED,
    });
    const scalar = await session.probe('scalar');
    const simd128 = await session.probe('simd128');
    const relaxed = await session.probe('relaxed');
    await session.setup();
    const nativeMs: number[] = [];
    const browserMs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      nativeMs.push(...(await native.predict(RUNS_PER_ROUND)));
      browserMs.push(...(await session.predict(RUNS_PER_ROUND)));
    }
    const gigaflops = (ms: readonly number[]): number => model.operations / Math.min(...ms) / 1e6;
    return { scalar, simd128, relaxed, nativeProduct: gigaflops(nativeMs), browserProduct: gigaflops(browserMs) };
  } finally {
    await session?.close().catch(() => {});
    await native?.close();
    await server.close();
  }
}

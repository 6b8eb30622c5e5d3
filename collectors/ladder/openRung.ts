import type { RungPage } from '../../src/bundle/rungPage.js';
import type { BaselineInput } from '../baseline/protocol.js';
import { type NativeDevice, nativeCpu, startNativeBaseline } from '../baseline/startNativeBaseline.js';
import type { Workload } from '../harness/protocol.js';
import type { HarnessServer } from '../harness/server.js';
import { type HarnessSession, openHarness } from '../harness/session.js';
import type { OpenRung } from './climbLadder.js';
import { type LendBrowser, type LentBrowser, ownBrowser } from './lendBrowser.js';
import type { Rung } from './rungs.js';

/** What every rung runs, each in its own way. */
export interface RungSubject {
  /** Returns the page as a rung has it, served. */
  page(page: RungPage): Promise<OpenPage>;
  readonly native: {
    readonly modelPath: string;
    readonly inputs: readonly BaselineInput[];
    /** Device of native rungs that are not on the CPU. */
    readonly gpu: NativeDevice;
  };
  /** Whether the browser has no GPU and uses software rendering. */
  readonly software: boolean;
}

/** A page that is served, and what it runs. */
export interface OpenPage {
  readonly server: HarnessServer;
  readonly workload: Workload;
}

/**
 * Opens a rung in a fresh process: a native one, or a page in a browser with the rung's switches.
 * @param lend what gives the browser
 */
export function openRung(rung: Rung, subject: RungSubject, signal: AbortSignal, lend = ownBrowser): Promise<OpenRung> {
  return rung.runtime === 'native' ? openNative(rung, subject, signal) : openBrowser(rung, subject, signal, lend);
}

async function openNative({ threads, backend }: Rung, { native }: RungSubject, signal: AbortSignal): Promise<OpenRung> {
  const baseline = await startNativeBaseline({
    modelPath: native.modelPath,
    inputs: native.inputs,
    device: backend === 'cpu' ? nativeCpu : native.gpu,
    threads,
    signal,
  });
  try {
    await baseline.setup();
    return { threads, predict: (count) => baseline.predict(count), close: () => baseline.close() };
  } catch (error) {
    await baseline.close();
    throw error;
  }
}

async function openBrowser(
  rung: Rung,
  { page, software }: RungSubject,
  signal: AbortSignal,
  lend: LendBrowser,
): Promise<OpenRung> {
  const { backend, threads, simd } = rung;
  const lent = await lend(rung, software);
  const opened = async (): Promise<OpenPage> => {
    const { server, workload } = await page(rung.page);
    return { server, workload: { ...workload, backend, threads, simd } };
  };
  return openIn(lent, opened, rung.on, signal);
}

/**
 * Opens a page in a fresh context of a browser, and sets it up.
 * @param lent released with the rung, and where that fails to open
 */
export async function openIn(
  { browser, release }: LentBrowser,
  page: () => Promise<OpenPage>,
  on: Rung['on'],
  signal: AbortSignal,
): Promise<OpenRung> {
  let session: HarnessSession | null = null;
  const close = async (): Promise<void> => {
    await session?.close().catch(() => {});
    await release();
  };
  try {
    const { server, workload } = await page();
    const opened = await openHarness(browser, server, signal);
    session = opened;
    await opened.open(on, workload);
    const taken = await opened.setup();
    return {
      threads: taken.threads,
      predict: (count) => opened.predict(count),
      outputs: () => opened.outputs(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

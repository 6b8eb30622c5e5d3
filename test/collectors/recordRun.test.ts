import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { launchBrowser } from '../../collectors/browser/launchBrowser.js';
import type { HarnessServer } from '../../collectors/harness/server.js';
import { openHarness } from '../../collectors/harness/session.js';
import { recordRun } from '../../collectors/recordRun.js';
import { readTraceFile } from '../../src/bundle/readTraceFile.js';
import type { Trace } from '../../src/trace/trace.js';
import { serveScripts } from './serveScripts.js';
import { suiteFolder } from './suiteFolder.js';

/** Burns time under a name of its own between two marks. */
const spin = (name: string) => `
function ${name}() {
  performance.mark('${name}:start');
  for (const end = performance.now() + 300; performance.now() < end; );
  performance.mark('${name}:end');
}`;

/** Ends asleep in a wait that nobody ends, as the threads of a Wasm pool do. */
const pool = `${spin('spinInPool')} spinInPool();
onmessage = () => {
  postMessage('done');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};`;
const worker = `${spin('spinInWorker')} spinInWorker();
const pool = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(pool)}])));
pool.postMessage('sleep');
pool.onmessage = () => postMessage('done');`;
const ended = `postMessage('done')`;

describe.skipIf(!findBrowser())('recording a page and its workers (skipped without a browser)', () => {
  const folder = suiteFolder();
  let browser: Browser;
  let server: HarnessServer;
  beforeAll(async () => {
    ({ browser } = await launchBrowser());
    server = await serveScripts();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function recorded(name: string, script: string) {
    const session = await openHarness(browser, server, new AbortController().signal);
    try {
      const recording = await recordRun(session.cdp, false, 2000);
      await session.page.goto(server.origin);
      await session.page.evaluate(script);
      await mkdir(join(folder(), name), { recursive: true });
      const path = join(folder(), name, 'trace.json.gz');
      const result = await recording.stop(path, []);
      return { ...result, trace: await readTraceFile(path), facts: result.trace };
    } finally {
      await session.close();
    }
  }
  const inWorker = (source: string) =>
    `new Promise((resolve) => { new Worker(URL.createObjectURL(new Blob([${JSON.stringify(source)}]))).onmessage = () => setTimeout(resolve, 200); })`;

  test('has the samples of page, worker and a worker’s worker on their own threads, where their marks are', async () => {
    const { trace, facts, samples } = await recorded(
      'threads',
      `(() => {${spin('spinInPage')} spinInPage(); return ${inWorker(worker)}; })()`,
    );
    expect(samples).toMatchObject({ outcome: 'done', detail: expect.stringMatching(/^\d+ samples of 3 threads$/) });
    expect(facts.samplingIntervalUs).toBeGreaterThan(0);
    const names = ['spinInPage', 'spinInWorker', 'spinInPool'];
    const threads = names.map((name) => expectSampledBetweenMarks(trace, name));
    expect(new Set(threads).size).toBe(3);
    const { name } = trace.tables.threads.columns;
    expect(threads.map((thread) => name.at(thread))).toEqual([
      'CrRendererMain',
      'DedicatedWorker thread',
      'DedicatedWorker thread',
    ]);
  });

  test('says whose samples are lost when a worker ends before the recording', async () => {
    const script = `new Promise((resolve) => {
      const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(ended)}])));
      worker.onmessage = () => { worker.terminate(); setTimeout(resolve, 300); };
    })`;
    const { samples } = await recorded('ended', script);
    expect(samples.detail).toMatch(/samples of 1 threads; lost those of 1: a worker ended/);
  });
});

/** @returns the thread of the function, after checking that nearly all its samples lie between its marks and that it ran nowhere else */
function expectSampledBetweenMarks(trace: Trace, name: string): number {
  const { samples, callFrames, userTiming } = trace.tables;
  const mark = (suffix: string): { atUs: number; thread: number } => {
    const row = Array.from({ length: userTiming.length }, (_, i) => i).find(
      (i) => userTiming.columns.name.at(i) === `${name}:${suffix}`,
    )!;
    return { atUs: userTiming.columns.startUs[row]!, thread: userTiming.columns.thread[row]! };
  };
  const start = mark('start');
  const end = mark('end');
  const rows = Array.from({ length: samples.length }, (_, row) => row).filter((row) => {
    let frame = samples.columns.frame[row]!;
    while (frame >= 0 && callFrames.columns.function.at(frame) !== name) frame = callFrames.columns.parent[frame]!;
    return frame >= 0;
  });
  expect(new Set(rows.map((row) => samples.columns.thread[row]))).toEqual(new Set([start.thread]));
  const inside = rows.filter((row) => {
    const at = samples.columns.atUs[row]!;
    return start.atUs <= at && at <= end.atUs;
  });
  expect(rows.length).toBeGreaterThan(20);
  expect(inside.length / rows.length).toBeGreaterThan(0.9);
  return start.thread;
}

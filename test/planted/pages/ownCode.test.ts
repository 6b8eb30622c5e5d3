import { median } from 'simple-statistics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recurs } from '../../../analyzers/windows/setUps.js';
import { openChrome } from '../../collectors/attach/openChrome.js';
import { watching } from '../../collectors/page/watching.js';
import { suiteFolder } from '../../collectors/suiteFolder.js';
import { type Comparison, compareWithLog } from '../../pages/compareWithLog.js';
import type { PageLogEntry } from '../../pages/pageLogEntry.js';
import { type PageServer, servePages } from '../../pages/servePages.js';
import { prefer } from '../prefer.js';
import { ownCodeModules } from './ownCodeModules.js';

/**
 * What a page does around its model, planted in pages that are watched. How much it was is told by the page's own clock around it; the twin
 * is the same page without it.
 */
const RECORDED_MS = 9000;
const RANK_MS = 12;
const FOUND = 0.95;

interface Recorded extends Comparison {
  /** Median time of a phase of the page, by its own log, ms. */
  readonly ms: (phase: string) => number;
}

describe('a page’s own code', () => {
  const folder = suiteFolder();
  let server: PageServer;
  let chrome: Awaited<ReturnType<typeof openChrome>>;
  beforeAll(async () => {
    server = await servePages(folder(), ownCodeModules);
    chrome = await openChrome();
    await prefer([process.pid, chrome.pid]);
  });
  afterAll(async () => {
    await chrome?.[Symbol.asyncDispose]();
    await server?.close();
  });

  /** @param inference the phase of the page's log that is one */
  async function recorded(path: string, inference: string): Promise<Recorded> {
    server.takeLog();
    const opened = await fetch(`http://127.0.0.1:${chrome.port}/json/new?${server.origin}${path}`, { method: 'PUT' });
    const { id } = (await opened.json()) as { id: string };
    const source = { endpoint: String(chrome.port), tab: id, reload: true, allowRemote: false };
    const { folder: bundle } = await watching(folder(), source, {}, RECORDED_MS);
    await chrome.closeTab(id);
    const log = server.takeLog();
    const of = (phase: string): PageLogEntry[] => log.filter((entry) => (entry.phase as string) === phase);
    const compared = await compareWithLog(bundle, of(inference));
    // First inferences are no predictions, and their work around them is slower too.
    const counted = compared.analysis.latency!.prediction!.n;
    const lengths = (phase: string): number[] => of(phase).map(({ startMs, endMs }) => endMs - startMs);
    return { ...compared, ms: (phase) => median(lengths(phase).slice(-counted)) };
  }

  const causeMs = ({ analysis }: Comparison, id: string): number =>
    analysis.partition!.causes.find((cause) => cause.id === id)?.medianMs ?? 0;

  /** Within 10 % or 1 ms. */
  const expectMs = (foundMs: number, plantedMs: number, what: string): void =>
    expect(Math.abs(foundMs - plantedMs), `${what}: planted ${plantedMs} ms, found ${foundMs} ms`).toBeLessThanOrEqual(
      Math.max(1, 0.1 * plantedMs),
    );

  function expectInferences({ recall, precision, analysis, ms }: Recorded, phase: string): void {
    expect(recall).toBeGreaterThanOrEqual(FOUND);
    expect(precision).toBeGreaterThanOrEqual(FOUND);
    expectMs(analysis.latency!.prediction!.medianMs, ms(phase), 'inference');
  }

  test('nothing is found where there is nothing but the model', async () => {
    const plain = await recorded('/own-code/', 'run');
    const { use, setUps, inferences } = plain.analysis;
    expectInferences(plain, 'run');
    expect(inferences!.source).toContain('net_run');
    expect(causeMs(plain, 'page.script')).toBeLessThan(1);
    expect(use!.preMs + use!.postMs).toBeLessThan(1);
    expectMs(use!.useMs, plain.ms('use'), 'use');
    expect(setUps && recurs(setUps)).toBeFalsy();
  });

  test('slow ranking of the outputs is the page’s script, by file, line and function', async () => {
    const ranked = await recorded(`/own-code/?rank=${RANK_MS}`, 'use');
    const { use, glue } = ranked.analysis;
    expectInferences(ranked, 'use');
    expectMs(causeMs(ranked, 'page.script'), ranked.ms('rank'), 'page.script');
    const rank = { function: 'rank', script: expect.stringMatching(/\/own-code\/rank\.js$/), line: 12 };
    expect(glue!.functions.filter(({ cause }) => cause === 'page.script')[0]).toMatchObject(rank);
    expectMs(use!.postMs, ranked.ms('rank'), 'after the model');
    expectMs(use!.modelMs, ranked.ms('run'), 'the model');
    expect(use!.preMs).toBeLessThan(1);
    expect(use!.scripts[0]).toMatchObject({ ...rank, where: 'after', isWasm: false });
  });

  test('the inference is the run alone, where a tokenizer is before it and an image codec beside it', async () => {
    const among = await recorded('/own-code/?tokenizer&codec', 'run');
    const { use, inferences } = among.analysis;
    expectInferences(among, 'run');
    expect(inferences!.source).toContain('net_run');
    expectMs(use!.preMs, among.ms('tokenize'), 'before the model');
    expectMs(use!.modelMs, among.ms('run'), 'the model');
    expect(use!.postMs).toBeLessThan(1);
    expect(use!.scripts[0]).toMatchObject({ function: 'tokenize', where: 'before', isWasm: true });
  });

  test('a session for each run is told, and is no part of the inference: a module that is not known', async () => {
    const setUp = await recorded('/own-code/?session', 'run');
    const { setUps } = setUp.analysis;
    expectInferences(setUp, 'run');
    expect(setUps).toMatchObject({ exports: ['net_create'], by: 'names' });
    expect(recurs(setUps!)).toBe(true);
    expectMs(setUps!.medianMs, setUp.ms('create'), 'set-up');
  });

  test('a session for each run is told, and is no part of the inference: ONNX Runtime', async () => {
    const setUp = await recorded('/session-each-time/', 'run');
    const { setUps, inferences } = setUp.analysis;
    expectInferences(setUp, 'run');
    expect(inferences!.source).toContain('which runs a session');
    expect(setUps).toMatchObject({ by: 'script' });
    expect(recurs(setUps!)).toBe(true);
  });
});

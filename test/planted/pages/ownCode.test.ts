import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
const INTRODUCTION = `# A page’s own code, planted on purpose

What the tool finds of what a page does around its model: \`npm run test:planted -- ownCode\`.

A page is watched for RECORDED s that runs a hand-made Wasm kernel, or ONNX Runtime, again and again. Around it stands what is planted. The amount
is the median of what the page’s own clock says, found is the median over the inferences. The test fails where they differ by more than
10 % or 1 ms, whichever is larger.
`;
const RECORDED_MS = 9000;
const RANK_MS = 12;
const ENTITIES = 300_000;
const FOUND = 0.95;

interface Recorded extends Comparison {
  /** Median time of a phase of the page, by its own log, ms. */
  readonly ms: (phase: string) => number;
}

describe('a page’s own code', () => {
  const folder = suiteFolder();
  const rows: string[] = [];
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
    const table = ['| planted | what | amount | found |', '| --- | --- | ---: | ---: |', ...rows].join('\n');
    process.stdout.write(`\n${table}\n`);
    const introduction = INTRODUCTION.replace('RECORDED', String(RECORDED_MS / 1000));
    if (process.env.PLANTED_REPORT)
      await writeFile(join(process.env.PLANTED_REPORT, 'planted-own-code.md'), `${introduction}\n${table}\n`);
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
    // First inferences are no predictions, and those after the recording were not seen.
    const counted = compared.analysis.latency!.prediction!.n;
    const seen = (phase: string): PageLogEntry[] => of(phase).filter(({ endMs }) => endMs <= compared.recordedUntilMs);
    return {
      ...compared,
      ms: (phase) =>
        median(
          seen(phase)
            .slice(-counted)
            .map(({ startMs, endMs }) => endMs - startMs),
        ),
    };
  }

  const causeMs = ({ analysis }: Comparison, id: string): number =>
    analysis.partition!.causes.find((cause) => cause.id === id)?.ms ?? 0;

  /** Within 10 % or 1 ms. @param what the fact of the analysis that is compared */
  function expectMs(what: string, foundMs: number, plantedMs: number): void {
    rows.push(
      `| ${expect.getState().currentTestName!.split(' > ').at(-1)} | ${what} | ${plantedMs.toFixed(2)} ms | ${foundMs.toFixed(2)} ms |`,
    );
    expect(Math.abs(foundMs - plantedMs), `${what}: planted ${plantedMs} ms, found ${foundMs} ms`).toBeLessThanOrEqual(
      Math.max(1, 0.1 * plantedMs),
    );
  }

  function expectInferences({ recall, precision, analysis, ms }: Recorded, phase: string): void {
    expect(recall).toBeGreaterThanOrEqual(FOUND);
    expect(precision).toBeGreaterThanOrEqual(FOUND);
    expectMs('the inference', analysis.latency!.prediction!.medianMs, ms(phase));
  }

  test('nothing but the model', async () => {
    const plain = await recorded('/own-code/', 'run');
    const { use, setUps, inferences } = plain.analysis;
    expectInferences(plain, 'run');
    expect(inferences!.source).toContain('net_run');
    expectMs('`page.script`', causeMs(plain, 'page.script'), 0);
    expectMs('`use.preMs`', use!.preMs, 0);
    expectMs('`use.postMs`', use!.postMs, 0);
    expectMs('`use.useMs`', use!.useMs, plain.ms('use'));
    expect(setUps && recurs(setUps)).toBeFalsy();
  });

  test('slow ranking of the outputs: the page’s script, by file, line and function', async () => {
    const ranked = await recorded(`/own-code/?rank=${RANK_MS}`, 'use');
    const { use, glue } = ranked.analysis;
    expectInferences(ranked, 'use');
    expectMs('`page.script`', causeMs(ranked, 'page.script'), ranked.ms('rank'));
    const rank = { function: 'rank', script: expect.stringMatching(/\/own-code\/rank\.js$/), line: 12 };
    expect(glue!.functions.filter(({ cause }) => cause === 'page.script')[0]).toMatchObject(rank);
    expectMs('`use.preMs`', use!.preMs, 0);
    expectMs('`use.modelMs`', use!.modelMs, ranked.ms('run'));
    expectMs('`use.postMs`', use!.postMs, ranked.ms('rank'));
    expect(use!.scripts[0]).toMatchObject({ ...rank, where: 'after', isWasm: false });
  });

  test('objects that are made of the outputs: their garbage goes to the function that makes them', async () => {
    const { analysis } = await recorded(`/own-code/?entities=${ENTITIES}`, 'use');
    const { ownerInWindowsMs, by } = analysis.gc!;
    // V8 collects most of it between two uses, when the thread is idle.
    expect(ownerInWindowsMs / analysis.partition!.windows).toBeGreaterThan(0.1);
    const made = by!.filter(({ script }) => /\/own-code\/entities\.js$/.test(script));
    expect(made.reduce((share, each) => share + each.share, 0)).toBeGreaterThan(0.8);
  });

  test('a tokenizer in Wasm before each run and an image codec beside it: the inference is the run alone', async () => {
    const among = await recorded('/own-code/?tokenizer&codec', 'run');
    const { use, inferences } = among.analysis;
    expectInferences(among, 'run');
    expect(inferences!.source).toContain('net_run');
    expectMs('`use.preMs`', use!.preMs, among.ms('tokenize'));
    expectMs('`use.modelMs`', use!.modelMs, among.ms('run'));
    expectMs('`use.postMs`', use!.postMs, 0);
    expect(use!.scripts[0]).toMatchObject({ function: 'tokenize', where: 'before', isWasm: true });
  });

  test('a session for each run of a module that is not known', async () => {
    const setUp = await recorded('/own-code/?session', 'run');
    const { setUps } = setUp.analysis;
    expectInferences(setUp, 'run');
    expect(setUps).toMatchObject({ exports: ['net_create'], by: 'names' });
    expect(recurs(setUps!)).toBe(true);
    expectMs('`setUps.medianMs`', setUps!.medianMs, setUp.ms('create'));
  });

  test('a session for each run of ONNX Runtime', async () => {
    const setUp = await recorded('/session-each-time/', 'run');
    const { setUps, inferences } = setUp.analysis;
    expectInferences(setUp, 'run');
    expect(inferences!.source).toContain('which runs a session');
    expect(setUps).toMatchObject({ by: 'script' });
    expect(recurs(setUps!)).toBe(true);
  });
});

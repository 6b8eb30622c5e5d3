import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { buildZip } from '../bundle/buildZip.js';
import { recordedNames, unpackRecorded } from '../bundle/unpackRecorded.js';
import { hostileTexts, hostileTrace } from '../cli/hostileTrace.js';
import { runTrace } from '../cli/runTrace.js';
import { figuresOf, type Given, give, hostileIn, launch, openPage, shown, writePage } from './openPage.js';

const fixtures = fileURLToPath(new URL('../../../shared/fixtures/traces', import.meta.url));
const traceOf = (name: string): string => fileURLToPath(new URL(`../../traces/recorded/${name}/trace.json.gz`, import.meta.url));

/** What one `analyze --json` prints of each file, but for how it is called, or why it refuses it. */
async function byCommand(paths: readonly string[], ...options: readonly string[]): Promise<unknown[]> {
  const { stdout, stderr } = await runTrace(['analyze', ...paths, '--json', ...options]);
  const printed = JSON.parse(stdout || '[]') as unknown;
  const analyses = [printed].flat() as { source: { name: string } }[];
  return paths.map((path) => {
    const analysis = analyses.find(({ source }) => source.name === path);
    if (analysis) return unnamed(JSON.stringify(analysis));
    const complaint = stderr.split('\n').find((line) => line.startsWith(`trace: ${path}`)) ?? stderr;
    return complaint.slice('trace: '.length).replaceAll(path, basename(path));
  });
}

const byPage = (given: Given): unknown => ('json' in given ? unnamed(given.json) : given.refused.trim());

/** A recorded bundle that is analyzed within a second or so. */
const BUNDLE = 'mobilenet-v2-main';

/** The last digits of Math.exp and Math.log differ between versions of V8. */
const DIGITS = 12;

function unnamed(json: string): unknown {
  const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value);
  const analysis = JSON.parse(json, rounded) as { source: object };
  return { ...analysis, source: { ...analysis.source, name: '' } };
}

describe.skipIf(!findBrowser())('the page without installation, opened from disk (skipped without a browser)', () => {
  let browser: Browser;
  let folder: string;
  let address: string;
  /** What the command says of the bundle that is packed in one test and dropped in another. */
  let saidOfBundle: unknown;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inferscope-page-'));
    [browser, address] = await Promise.all([launch(), writePage(folder)]);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('shows of a trace, and of a packed bundle, what the command says, and reaches for nothing', async () => {
    const packed = join(folder, 'packed.zip');
    const bundle = await unpackRecorded(BUNDLE);
    expect(await runTrace(['pack', bundle, '--out', packed])).toMatchObject({ code: 0 });
    const { page, deeds } = await openPage(browser, address);
    for (const path of [traceOf('tiny-operators-webgpu'), packed]) {
      const out = join(folder, 'command.html');
      const [said] = await byCommand([path], '--out', out);
      if (path === packed) saidOfBundle = said;
      const given = await give(page, [path]);
      expect(byPage(given)).toEqual(said);
      if (!('report' in given)) throw new Error(given.refused);
      expect(await given.report.evaluate(() => document.documentElement.dataset.charts)).toBe('drawn');
      const figures = await figuresOf(given.report);
      const beside = await browser.newPage();
      await beside.goto(pathToFileURL(out).href);
      expect(figures.length).toBeGreaterThan(0);
      expect(figures).toEqual(await figuresOf(beside));
      await beside.close();
    }
    // Links to sections work inside the frame.
    const report = page.frame({ url: /^blob:/ })!;
    await report.locator('.contents a[href="#words"]').click();
    expect(await report.evaluate(() => document.querySelector<HTMLDetailsElement>('#words')!.open)).toBe(true);
    expect(deeds).toEqual([]);
    await page.close();
  });

  test('takes hostile names for text, of a trace and of files that it refuses', async () => {
    const hostile = join(folder, '<img src=x onerror=alert(1)>.json');
    await writeFile(hostile, hostileTrace(hostileTexts));
    const empty = join(folder, '<svg onload=alert(2)>.json');
    await writeFile(empty, '');
    const { page, deeds } = await openPage(browser, address);
    await page.locator('#mark').evaluate((input: HTMLInputElement) => {
      input.value = '*';
    });
    const given = await give(page, [hostile]);
    const [said, refused] = await byCommand([hostile, empty], '--mark', '*');
    expect(byPage(given)).toEqual(said);
    if (!('report' in given)) throw new Error(given.refused);
    expect(await hostileIn(given.report)).toEqual({ hostile: undefined, foreign: 0 });
    expect(await page.locator('#start img, #start svg, #shown img').count()).toBe(0);
    expect(byPage(await give(page, [empty]))).toBe(refused);
    expect(deeds).toEqual([]);
    await page.close();
  });

  test('compares several, without those that it refuses; says why it refuses; reads what is left of damaged files', async () => {
    const { page, deeds } = await openPage(browser, address);
    const trace = traceOf('tiny-operators-webgpu');
    const text = join(folder, 'notes.txt');
    await writeFile(text, 'no trace');
    const compared = await give(page, [trace, traceOf('mobilenet-v2-main'), text]);
    if (!('json' in compared)) throw new Error(compared.refused);
    expect(JSON.parse(compared.json)).toHaveLength(2);
    expect(await compared.report.locator('h1').innerText()).toBe('2 inputs compared');
    expect(compared.leftOut).toMatch(/^notes\.txt: Not a trace/);

    const packed = Buffer.from(gzipSync(await readFile(traceOf('tiny-operators-webgpu')).then(gunzipSync)));
    const middle = Math.floor(packed.length / 2);
    const files: Readonly<Record<string, Uint8Array>> = {
      'cut.json.gz': packed.subarray(0, middle),
      'damaged.json.gz': Buffer.from(packed).fill(0xff, middle, middle + 3000),
      'members.json.gz': Buffer.concat([
        gzipSync('{"traceEvents":'),
        gzipSync('[{"ph":"X","name":"a","ts":1,"dur":1,"pid":1,"tid":1}]}'),
      ]),
      'behind.json.gz': Buffer.concat([gzipSync('{"traceEvents":[]}'), Buffer.from('behind')]),
      'no-run.zip': buildZip([{ name: 'a.json', content: '{}' }]),
      'cut.zip': buildZip([{ name: 'run.json', content: '{}' }]).subarray(0, -30),
    };
    const paths = await Promise.all(
      Object.entries(files).map(async ([name, bytes]) => {
        await writeFile(join(folder, name), bytes);
        return join(folder, name);
      }),
    );
    for (const [place, said] of (await byCommand(paths)).entries()) {
      const path = paths[place]!;
      // Each platform has words of its own for what is wrong inside of gzip.
      expect([path, withoutReason(byPage(await give(page, [path])))]).toEqual([path, withoutReason(said)]);
    }
    expect(deeds).toEqual([]);
    await page.close();
  });

  test.skipIf(!existsSync(fixtures))('shows every fixture as the command does', { tags: ['slow'] }, async () => {
    const { page, deeds } = await openPage(browser, address);
    const malformed = join(fixtures, 'malformed');
    const paths = [
      ...(await recordedNames()).map(traceOf),
      ...(await readdir(fixtures)).filter((name) => name.endsWith('.gz')).map((name) => join(fixtures, name)),
      ...(await readdir(malformed)).map((name) => join(malformed, name)),
    ];
    for (const [place, said] of (await byCommand(paths)).entries())
      expect([paths[place], byPage(await give(page, [paths[place]!]))]).toEqual([paths[place], said]);
    const bundles = await Promise.all((await recordedNames()).map(unpackRecorded));
    for (const [place, said] of (await byCommand(bundles)).entries())
      expect(byPage(await give(page, [bundles[place]!], 'folder'))).toEqual(said);
    expect(deeds).toEqual([]);
    await page.close();
  });

  test('takes what is dropped on it, a bundle’s folder, and on a report that it shows', async () => {
    const { page, deeds } = await openPage(browser, address);
    const bundle = await unpackRecorded(BUNDLE);
    const devtools = await page.context().newCDPSession(page);
    const drag = async (path: string, ...types: readonly ('dragEnter' | 'dragOver' | 'drop')[]): Promise<void> => {
      const data = { items: [], files: [path], dragOperationsMask: 1 };
      for (const type of types) await devtools.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    };
    await drag(bundle, 'dragEnter', 'dragOver', 'drop');
    await page.waitForFunction(() => document.documentElement.dataset.state !== 'start');
    expect(byPage(await shown(page))).toEqual(saidOfBundle ?? (await byCommand([bundle]))[0]);
    // And what is dropped on its report.
    const text = join(folder, 'dropped.txt');
    await writeFile(text, 'no trace');
    await drag(text, 'dragEnter', 'dragOver');
    await page.waitForFunction(() => document.documentElement.dataset.over === 'yes');
    await drag(text, 'dragEnter', 'dragOver', 'drop');
    await page.waitForFunction(() => document.documentElement.dataset.state === 'start');
    expect(byPage(await shown(page))).toMatch(/^dropped\.txt: Not a trace/);
    expect(deeds).toEqual([]);
    await page.close();
  });
});

test('the page is not written over what is there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-page-'));
  await mkdir(join(folder, 'there.html'));
  const { code, stderr } = await runTrace(['page', '--out', 'there.html'], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain('there.html is there already');
  await rm(folder, { recursive: true });
});

const withoutReason = (said: unknown): unknown =>
  JSON.parse(JSON.stringify(said).replace(/(gzip data is damaged) \([^"]*?\)/g, '$1'));

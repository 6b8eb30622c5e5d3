import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { payloads } from '../report/hostile.js';
import { type Ended, runTrace } from './runTrace.js';

/** Everything that a terminal obeys instead of showing, but the end of a line. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const more: readonly string[] = [
  '\u001b]0;title\u0007',
  '\u001b[2J\u001b[1;1H',
  '\u009b31m',
  'a\u0000b',
  'x\r\nReport: file:///etc/passwd',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '<a href="javascript:window.hostile=1">x</a>',
  "');window.hostile=1;('",
];

/** A trace in which every text that an analysis may show is one of these: names, addresses, threads, functions, user timing. */
function hostileTrace(texts: readonly string[]): string {
  let next = 0;
  const text = (): string => texts[next++ % texts.length]!;
  const events: object[] = [];
  const thread = { pid: 1, tid: 1 };
  for (let pid = 1; pid <= 3; pid++) {
    events.push({ name: 'process_name', ph: 'M', pid, tid: 0, args: { name: text() } });
    events.push({ name: 'process_labels', ph: 'M', pid, tid: 0, args: { labels: text() } });
    for (let tid = 1; tid <= 3; tid++) events.push({ name: 'thread_name', ph: 'M', pid, tid, args: { name: text() } });
  }
  const profile = { cat: 'disabled-by-default-v8.cpu_profiler', ph: 'P', id: '0x1', ...thread };
  const measured = { cat: 'blink.user_timing', ...thread };
  events.push({ ...profile, name: 'Profile', ts: 0, args: { data: { startTime: 0 } } });
  texts.forEach((name, i) => {
    const ts = 1000 * (i + 1);
    events.push({ ph: 'b', name, ts, id: `0x${i}`, ...measured, args: { detail: text() } });
    events.push({ ph: 'e', name, ts: ts + 900, id: `0x${i}`, ...measured });
    events.push({
      ph: 'X',
      cat: text(),
      name: text(),
      ts,
      dur: 800,
      tdur: 700,
      ...thread,
      args: { [text()]: text(), url: text() },
    });
    events.push({ ph: 'X', cat: 'toplevel', name: text(), ts, dur: 100, pid: 2, tid: 2, args: { data: { url: text() } } });
    const callFrame = { functionName: text(), url: text(), scriptId: i, lineNumber: 1, columnNumber: i };
    const nodes = [
      { id: 2 * i + 1, callFrame: { ...callFrame, codeType: 'JS' } },
      { id: 2 * i + 2, callFrame: { ...callFrame, functionName: text(), codeType: 'wasm' } },
    ];
    const samples = [2 * i + 1, 2 * i + 2, 2 * i + 2];
    const data = { cpuProfile: { nodes, samples }, timeDeltas: [ts - (i === 0 ? 0 : ts - 700), 100, 200] };
    events.push({ ...profile, name: 'ProfileChunk', ts: ts + 850, args: { data } });
  });
  return JSON.stringify({ metadata: { [text()]: text(), product: text() }, traceEvents: events });
}

describe('a trace full of hostile text', () => {
  const texts = [...payloads, ...more];
  let folder: string;
  let trace: string;
  let ended: Ended;
  let report: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inferscope-hostile-'));
    trace = join(folder, '<img src=x onerror=alert(1)>.json');
    await writeFile(trace, hostileTrace(texts));
    ended = await runTrace(['analyze', trace, '--mark', '*'], { cwd: folder });
    report = fileURLToPath(/^Report: (file:\S+)/m.exec(ended.stderr)?.[1] ?? 'file:///none');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is analyzed', async () => {
    expect(ended).toMatchObject({ code: 0 });
    const analysis = JSON.parse((await runTrace(['analyze', trace, '--json', '--mark', '*'])).stdout);
    expect(analysis.partition.windows).toBe(texts.filter((text) => text !== '').length);
    expect(analysis.wasm.functions.length).toBeGreaterThan(10);
  });

  test('leaves nothing for the terminal to obey on either stream', () => {
    for (const line of `${ended.stdout}\n${ended.stderr}`.split('\n')) expect(line).not.toMatch(OBEYED);
    expect(ended.stdout).not.toMatch(/^Report:/m);
  });

  test('keeps control characters escaped in --json', async () => {
    const { stdout, stderr } = await runTrace(['analyze', trace, '--json']);
    for (const line of `${stdout}\n${stderr}`.split('\n')) expect(line).not.toMatch(OBEYED);
    expect(JSON.parse(stdout).source.name).toBe(trace);
  });

  test('has its report where it belongs, and nothing elsewhere', async () => {
    expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'))).toHaveLength(1);
    expect(report.startsWith(join(folder, 'traces/'))).toBe(true);
  });

  describe.skipIf(!findBrowser())('its report in the browser (skipped without one)', () => {
    test('runs none of it, complains about nothing and reaches for nothing', async () => {
      const address = pathToFileURL(report).href;
      const chromiumSandbox = process.getuid?.() !== 0;
      const browser = await chromium.launch({ executablePath: findBrowser()!.executable, chromiumSandbox });
      onTestFinished(() => browser.close());
      const page = await browser.newPage();
      const deeds: string[] = [];
      page.on('console', (message) => deeds.push(`console ${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => deeds.push(`error: ${error.message}`));
      page.on('request', (request) => request.url() !== address && deeds.push(`request: ${request.url()}`));
      page.on('dialog', (dialog) => {
        deeds.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('popup', () => deeds.push('popup'));
      await page.goto(address);
      await page.waitForFunction(() => document.documentElement.dataset.charts !== undefined);
      const seen = await page.evaluate(() => ({
        hostile: (window as unknown as Record<string, unknown>).hostile,
        charts: document.documentElement.dataset.charts,
        foreign: document.querySelectorAll('img, iframe, object, embed, base, [onerror], [onload], a[href^="javascript"]').length,
      }));
      expect(seen).toEqual({ hostile: undefined, charts: 'drawn', foreign: 0 });
      expect(deeds).toEqual([]);
    });
  });
});

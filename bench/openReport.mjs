import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser } from '../dist/collectors/browser/findBrowser.js';

// How much time of its main thread a report takes until it is drawn, and when all of it is unfolded, by a trace of Chromium. Needs dist/.
//     npm run bench -- openReport [BUNDLE …]       by default traces/recorded/ppocr-det-worker
// Opening it may take a second: exits with 1 where it takes longer.

const LIMIT_MS = 1000;
const ROUNDS = 5;
const root = join(import.meta.dirname, '..');
const bundles = process.argv.slice(2);
if (bundles.length === 0) bundles.push(join(root, 'traces/recorded/ppocr-det-worker'));
const folder = mkdtempSync(join(tmpdir(), 'inferscope-bench-'));
const browser = await chromium.launch({ executablePath: findBrowser().executable, chromiumSandbox: process.getuid?.() !== 0 });
try {
  for (const bundle of bundles) {
    const report = join(folder, 'report.html');
    execFileSync(process.execPath, [join(root, 'dist/cli/bin.js'), 'analyze', bundle, '--out', report], { stdio: 'ignore' });
    const opened = [];
    const unfolded = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      opened.push(
        await busy(page, async () => {
          await page.goto(pathToFileURL(report).href);
          await page.waitForFunction(() => document.documentElement.dataset.charts === 'drawn');
        }),
      );
      unfolded.push(
        await busy(page, async () => {
          await page.evaluate(() => {
            for (const group of document.querySelectorAll('details')) group.open = true;
          });
          await page.waitForFunction(() =>
            [...document.querySelectorAll('[data-chart], [data-flame]')].every((place) => place.childElementCount > 0),
          );
        }),
      );
      await page.close();
    }
    const [open, all] = [median(opened), median(unfolded)];
    console.log(
      `${basename(bundle)}: opened ${told(open)}, all unfolded ${told(all)}, of ${ROUNDS}; load ${loadavg()[0].toFixed(1)}`,
    );
    if (open.totalMs > LIMIT_MS) process.exitCode = 1;
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** CPU time of the tasks of a page's main thread while something is done, and the longest task. */
async function busy(page, deed) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', '__metadata'] },
  });
  await deed();
  const ended = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const byThread = new Map();
  for (const { name, pid, tid, tdur, dur } of events) {
    if (!name.endsWith('RunTask') || !mains.has(`${pid} ${tid}`)) continue;
    const known = byThread.get(`${pid} ${tid}`) ?? { totalMs: 0, longestMs: 0 };
    const ms = (tdur ?? dur ?? 0) / 1000;
    byThread.set(`${pid} ${tid}`, { totalMs: known.totalMs + ms, longestMs: Math.max(known.longestMs, ms) });
  }
  // Other renderers are of tabs that have nothing to do.
  return [...byThread.values()].sort((a, b) => b.totalMs - a.totalMs)[0] ?? { totalMs: 0, longestMs: 0 };
}

function median(all) {
  return [...all].sort((a, b) => a.totalMs - b.totalMs)[all.length >> 1];
}

function told({ totalMs, longestMs }) {
  return `${totalMs.toFixed(0)} ms of its main thread (longest task ${longestMs.toFixed(0)} ms)`;
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { diskFile } from '../../src/bundle/disk.js';
import { serveOnce } from '../../src/cli/serveOnce.js';
import { packageRoot } from '../../src/packageRoot.js';
import { PERFETTO_PORT, perfettoUrl } from '../../src/report/perfettoUrl.js';
import { runTrace } from './runTrace.js';

const bundle = join(packageRoot(), 'traces/recorded/ppocr-det-worker');

/** A page that takes its trace and window from its address, as the documentation of Perfetto's says. */
const STUB = `<!doctype html><title>stub</title><script>
const args = new URLSearchParams(location.hash.replace('#!/?', ''));
fetch(args.get('url')).then((response) => response.body.pipeThrough(new DecompressionStream('gzip')))
  .then((stream) => new Response(stream).json())
  .then(({ traceEvents }) => { window.opened = { events: traceEvents.length, from: args.get('visStart'), to: args.get('visEnd') }; })
  .catch((error) => { window.opened = { error: String(error) }; });
</script>`;

async function listening(port: number, page = ''): Promise<Server> {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(page));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return server;
}

describe.skipIf(!findBrowser())('a trace in Perfetto (skipped without a browser: trace doctor --fix)', () => {
  test('is read by the page from this machine, with the window that it is to show', async () => {
    const ui = `http://127.0.0.1:${((await listening(0, STUB)).address() as AddressInfo).port}`;
    const served = await serveOnce(await diskFile(join(bundle, 'trace.json.gz')), 'trace.json.gz', ui, 0);
    onTestFinished(() => served.close());
    const browser = await chromium.launch({
      executablePath: findBrowser()!.executable,
      chromiumSandbox: process.getuid?.() !== 0,
    });
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(perfettoUrl(ui, served.url, { startUs: 1000, endUs: 2000 }));
    await page.waitForFunction(() => 'opened' in window);
    const opened = await page.evaluate(() => (window as unknown as { opened: unknown }).opened);
    expect(opened).toEqual({ events: expect.any(Number), from: '900000', to: '2100000' });
    await served.fetched;
    // Another page is refused by the browser.
    const other = await browser.newPage();
    await other.goto(`http://localhost:${new URL(ui).port}/`);
    expect(
      await other.evaluate(
        (url) =>
          fetch(url).then(
            () => 'read',
            () => 'refused',
          ),
        served.url,
      ),
    ).toBe('refused');
  });
});

test('the command says what is wrong with a trace, an address or the port', async () => {
  const there = await runTrace(['perfetto', 'nosuch', '--no-open']);
  expect([there.code, there.stderr]).toEqual([2, expect.stringContaining('nosuch does not exist')]);
  const ui = await runTrace(['perfetto', bundle, '--no-open', '--ui', 'javascript:alert(1)']);
  expect([ui.code, ui.stderr]).toEqual([2, expect.stringContaining('no address of a page')]);
  // Whoever has the port, it cannot be had twice.
  await listening(PERFETTO_PORT).catch(() => {});
  const port = await runTrace(['perfetto', bundle, '--no-open']);
  expect([port.code, port.stderr]).toEqual([1, expect.stringContaining(`Port ${PERFETTO_PORT} of this machine cannot be used`)]);
});

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { notebookCommand } from '../../src/cli/commands/notebook.js';
import { packageRoot } from '../../src/packageRoot.js';
import { bin, runTrace } from './runTrace.js';

const BUNDLE = 'ppocr-det-worker';
const bundle = join(packageRoot(), 'traces/recorded', BUNDLE);

interface Opened {
  readonly page: Page;
  /** Addresses outside of this machine that the page asked for. */
  readonly outside: string[];
}

/** Opens a page where no other host can be reached. */
async function open(url: string): Promise<Opened> {
  const browser = await chromium.launch({
    executablePath: findBrowser()!.executable,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--disable-background-networking'],
  });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|file:|data:|blob:)/.test(request.url())) outside.push(request.url());
  });
  await page.goto(url);
  return { page, outside };
}

/** Waits until no cell runs. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('[data-state=fulfilled]').length > 2);
  await page.waitForFunction(() => document.querySelector('[data-state=pending]') === null);
}

const errorsIn = (page: Page): Promise<string[]> =>
  page.$$eval('.observablehq--error', (cells) => cells.map(({ textContent }) => textContent ?? ''));
const notebook = (...cells: readonly string[]): string =>
  `<!doctype html>\n<notebook theme="air">\n  <title>Mine</title>\n${cells.join('\n')}\n</notebook>\n`;
const script = (code: string): string => `  <script type="module">\n    ${code}\n  </script>`;

describe.skipIf(!findBrowser())('trace notebook (skipped without a browser: trace doctor --fix)', () => {
  /** Far from the repository, and without packages. */
  let folder: string;
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inferscope-notebook-'));
    server = spawn(process.execPath, [bin, 'notebook', bundle, '--starter', 'tables', '--no-open'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    server.stderr!.on('data', (text: Buffer) => {
      said += text;
    });
    const [line] = await Promise.race([
      once(server.stdout!, 'data'),
      once(server, 'exit').then(() => {
        throw new Error(said);
      }),
    ]);
    url = String(line).trim();
  });
  afterAll(async () => {
    if (server.exitCode === null) {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  });

  test('serves the starter over the bundle’s tables, without a network', async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ppocr-det-worker-tables\.html$/);
    const { page, outside } = await open(url);
    await settled(page);
    expect(await errorsIn(page)).toEqual([]);
    expect(outside).toEqual([]);
    expect(await page.$$eval('svg', (charts) => charts.filter((svg) => svg.clientWidth > 100).length)).toBeGreaterThan(0);
    const analysis = JSON.parse(await readFile(join(folder, 'notebooks/data', BUNDLE, 'analysis.json'), 'utf8'));
    const rows = await page.$$eval('table', ([table]) => table!.querySelectorAll('tbody tr').length);
    expect(rows).toBeGreaterThanOrEqual(analysis.partition.causes.length);
  });

  test('a page follows its file, shows names as text, and a failing cell is alone in failing', async () => {
    const file = join(folder, 'notebooks/mine.html');
    await writeFile(file, notebook(script('display("first");'), script('display(1);'), script('display(2);')));
    const { page } = await open(new URL('mine.html', url).href);
    await page.waitForFunction(() => document.body.textContent!.includes('first'));
    const hostile = '</scr" + "ipt><img src=x onerror=alert(1)>\u0024{1}';
    await writeFile(
      file,
      notebook(
        script(`display(Inputs.table([{name: "${hostile}"}]));`),
        script('import {none} from "npm:not-installed-package";\n    display(none);'),
        script('display(mermaid`graph TD; A-->B`);'),
        '  <script type="application/sql" database="duckdb">\n    SELECT * FROM read_text(\'/etc/passwd\')\n  </script>',
        script('display(1 +);'),
        script('display("last");'),
      ),
    );
    await page.waitForFunction(() => document.body.textContent!.includes('last'));
    await page.waitForFunction(() => document.querySelectorAll('.observablehq--error').length >= 4);
    const errors = (await errorsIn(page)).join('\n');
    expect(errors).toContain('not-installed-package is not installed');
    expect(errors).toContain('mermaid would be loaded from a CDN');
    expect(errors).toMatch(/Permission|disabled/i);
    expect(errors).toContain('SyntaxError: Unexpected token');
    expect(await page.$$eval('td', (cells) => cells.some(({ textContent }) => textContent!.startsWith('</script><img')))).toBe(
      true,
    );
    expect(await page.$('img')).toBeNull();
  });

  test('a notebook that is there is left as it is', async () => {
    const file = join(folder, 'notebooks', `${BUNDLE}.html`);
    await writeFile(file, 'mine');
    const before = await stat(file, { bigint: true });
    const ended = await runTrace(['notebook', bundle, '--no-open', '--port', new URL(url).port], {
      cwd: folder,
    });
    // The port is that of the other server.
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/yours, left as it is[\s\S]*Port \d+ cannot be used/) });
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect((await stat(file, { bigint: true })).mtimeNs).toBe(before.mtimeNs);
  });

  test('Ctrl-C ends the server', async () => {
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
  });
});

const canUnshare = spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up']).status === 0;

describe.skipIf(!findBrowser())('trace notebook --build', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inferscope-notebook-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.skipIf(!canUnshare)('makes one file where there is no network at all, which opens from the disk', async () => {
    const words = [process.execPath, bin, 'notebook', bundle, '--starter', 'tables', '--build', 'one.html'];
    const { status, stdout, stderr } = spawnSync('unshare', ['-n', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh', ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    expect(stdout).toBe('one.html\n');
    const { page, outside } = await open(pathToFileURL(join(folder, 'one.html')).href);
    await settled(page);
    expect([await errorsIn(page), outside]).toEqual([[], []]);
    expect(await page.$$eval('table', (tables) => tables.length)).toBe(2);
    expect((await stat(join(folder, 'one.html'))).size).toBeLessThan(5e6);
  });

  test('names the cells that fail, and what is attached and not there, and writes nothing', async () => {
    const file = join(folder, 'mine.html');
    const cells = ['const a = 1;', 'display(a.b.c);', 'display(a);', 'display(await FileAttachment("data/none.csv").text());'];
    await writeFile(file, notebook(...cells.map(script)));
    const ended = await runTrace(['notebook', '--in', file, '--build', join(folder, 'failing.html')], { cwd: folder });
    expect(ended.code).toBe(1);
    const [, ...told] = ended.stderr.slice(ended.stderr.indexOf('trace: ')).trim().split('\n');
    expect(told).toEqual([
      expect.stringMatching(/cell 4 \(display\(await.* attaches data\/none\.csv, which is not there$/),
      expect.stringMatching(/cell 2 \(display\(a\.b\.c\);\): .*TypeError/),
    ]);
    expect(await stat(join(folder, 'failing.html')).catch(() => null)).toBeNull();
  });
});

const wanted = {
  inputs: ['x'],
  in: undefined,
  starter: undefined,
  build: undefined,
  port: undefined,
  mark: undefined,
  'no-open': true,
};

test.each([
  [{ inputs: undefined, in: 'none.html' }, /--in none\.html is no notebook/],
  [{ in: 'a.html', starter: 'tables' }, /--starter is for a new notebook/],
  [{ build: 'a.txt' }, /ends in \.html/],
  [{ port: 70_000 }, /--port is a number/],
  [{ build: 'a.html', port: 1 }, /--port is for serving/],
])('%j is wrong usage', async (given, why) => {
  await expect(notebookCommand.handler({ ...wanted, ...given })).rejects.toThrow(why);
});

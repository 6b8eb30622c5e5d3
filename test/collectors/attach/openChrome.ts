import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ActivePort, parseActivePort } from '../../../collectors/attach/findActivePorts.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';

/** What a page says of itself, over and over: all that a script could find changed. It is asked by nobody, so nothing is left by asking. */
const REPORTING = `<!doctype html><title>reporting</title><script>
const names = (object) => Object.getOwnPropertyNames(object).sort();
const report = () => JSON.stringify({
  globals: names(window), documents: names(document), navigators: names(navigator), performances: names(performance),
  natives: [fetch, setTimeout, WebAssembly.instantiate, Promise].map(String), url: location.href,
});
const tell = () => fetch('/report', { method: 'POST', body: report() }).finally(() => setTimeout(tell, 100));
tell();
</script>`;
const PAGES: Readonly<Record<string, string>> = {
  '/reporting': REPORTING,
  '/quiet': '<!doctype html><title>quiet</title>',
  '/busy':
    '<!doctype html><title>busy</title><script>setInterval(() => { for (const end = performance.now() + 50; performance.now() < end; ); }, 100)</script>',
  '/hanging':
    '<!doctype html><title>hanging</title><script>setTimeout(() => { document.title = "hangs"; for (;;); }, 100)</script>',
};

/**
 * A Chromium that no tool drives, as a user's: with a profile of its own, and a server of pages beside it.
 * @param switches besides, as for a GPU in software
 */
export async function openChrome(switches: readonly string[] = []) {
  const found = findBrowser();
  if (!found) throw new Error('No Chromium for the tests.');
  let reports: string[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') reports.push(Buffer.concat(await request.toArray()).toString());
    response.setHeader('content-type', 'text/html').end(PAGES[request.url ?? ''] ?? '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-attach-'));
  const chrome = spawn(
    found.executable,
    [
      '--headless=new',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      '--no-first-run',
      '--disable-background-networking',
      ...switches,
      `${base}/quiet`,
    ],
    // A group of its own: the command may be a script that starts the browser.
    { stdio: 'ignore', detached: true },
  );
  const exited = once(chrome, 'exit');
  const kill = async (): Promise<void> => {
    if (chrome.exitCode === null && chrome.signalCode === null) process.kill(-chrome.pid!, 'SIGKILL');
    await exited;
  };
  const port = await activePort(folder);
  const http = async (path: string, method = 'GET'): Promise<Response> =>
    fetch(`http://127.0.0.1:${port.port}${path}`, { method });
  const listed = async () =>
    (await (await http('/json/list')).json()) as { id: string; type: string; url: string; title: string }[];
  // The port is open before the first page is loaded.
  while (!(await listed()).some(({ title }) => title === 'quiet')) await sleep(50);
  return {
    ...port,
    base,
    folder,
    pid: chrome.pid!,
    socketUrl: `ws://127.0.0.1:${port.port}${port.path}`,
    kill,
    /** Opens a tab as a user would, by no session. @returns its id */
    open: async (page: string): Promise<string> =>
      ((await (await http(`/json/new?${base}${page}`, 'PUT')).json()) as { id: string }).id,
    closeTab: (id: string) => http(`/json/close/${id}`),
    /** What is open, as the browser itself tells without a session. */
    async tabs(): Promise<string[]> {
      return (await listed())
        .filter(({ type }) => type === 'page')
        .map(({ id, url }) => `${id} ${url}`)
        .sort();
    },
    /** The next thing that the reporting page says of itself. */
    async report(): Promise<string> {
      reports = [];
      // The first may have been on its way already.
      while (reports.length < 2) await sleep(50);
      return reports.at(-1)!;
    },
    async [Symbol.asyncDispose]() {
      await kill();
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

async function activePort(folder: string): Promise<ActivePort> {
  for (;;) {
    try {
      const port = parseActivePort(readFileSync(join(folder, 'DevToolsActivePort'), 'utf8'));
      if (port) return port;
    } catch {}
    await sleep(100);
  }
}

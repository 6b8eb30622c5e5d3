import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlowServer {
  /** Answers `…?ms=15` after so long. */
  readonly url: string;
  close(): Promise<void>;
}

/** A server that takes its time, for what waits for the network. Pages that are cross-origin isolated may ask it. */
export async function startSlowServer(): Promise<SlowServer> {
  const server = createServer((request, response) => {
    const ms = Number(new URL(request.url!, 'http://127.0.0.1').searchParams.get('ms'));
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.setHeader('Cache-Control', 'no-store');
    setTimeout(() => response.end('done'), ms);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

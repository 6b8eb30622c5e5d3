import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { customSection, moduleOf, op } from '../wasm/builder.js';

/** How a module is loaded, by the name of its file. */
export const PLANTS = {
  'streamed.wasm': 'stream',
  'octets.wasm': 'stream',
  'synthesized.wasm': 'stream',
  'passed.wasm': 'stream',
  'anew.wasm': 'stream',
  'handed.wasm': 'bytes',
  'ort-wasm-simd-threaded.jsep.wasm': 'stream',
} as const;

/** Puts local 1 into memory: code of which nobody sees the result is optimized away, and V8 keeps nothing so small. */
const SEEN = [0x41, 0, 0x20, 1, 0x38, 2, 0];

/** A function that is worth optimizing, of more code than V8 wants to see before it is kept: 200 rounds of 4000 additions. */
const HOT = [0x41, 0xc8, 0x01, 0x21, 0, ...op.loop(...Array.from({ length: 4000 }, op.float), op.count()), ...SEEN];

/** Modules of different lengths, as bytes that are handed over have no other name. */
const modules = new Map(
  Object.keys(PLANTS).map((name, i) => {
    const padding = customSection(
      'padding',
      Array.from({ length: 150_000 + i * 1000 }, () => 0),
    );
    const module = moduleOf({ functions: [HOT], exports: { run: 0 } });
    // Before the code: V8 takes modules that are the same until there for one, and streams only the first of them.
    return [name, new Uint8Array([...module.subarray(0, 8), ...padding, ...module.subarray(8)])];
  }),
);

const SERVICE_WORKER = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  self.addEventListener('fetch', (event) => {
    if (event.request.url.endsWith('/passed.wasm')) event.respondWith(fetch(event.request));
    if (!event.request.url.endsWith('/synthesized.wasm')) return;
    const made = async () =>
      new Response(await (await fetch(event.request)).arrayBuffer(), { headers: { 'Content-Type': 'application/wasm' } });
    event.respondWith(made());
  });`;

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module">
  await navigator.serviceWorker.register('/sw.js');
  if (!navigator.serviceWorker.controller) await new Promise((done) => { navigator.serviceWorker.oncontrollerchange = done; });
  const load = async (name, how) => {
    if (how === 'stream') {
      try {
        return (await WebAssembly.instantiateStreaming(fetch('/' + name))).instance;
      } catch {}
    }
    return (await WebAssembly.instantiate(await (await fetch('/' + name)).arrayBuffer())).instance;
  };
  const instances = [];
  for (const [name, how] of Object.entries(${JSON.stringify(PLANTS)})) instances.push(await load(name, how));
  for (let i = 0; i < 60; i++) {
    const start = performance.now();
    for (const { exports } of instances) exports.run();
    performance.measure('inference', { start, end: performance.now() });
    await new Promise((done) => setTimeout(done));
  }
  performance.mark('done');
</script>`;

/** Serves a page with the same module under several names, each with one thing that keeps compiled code from being kept, or none. */
export async function serveColdStart(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => answer(request.url ?? '/', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(path: string, response: ServerResponse): void {
  const name = path.slice(1);
  const module = modules.get(name);
  response.setHeader('Cache-Control', name === 'anew.wasm' ? 'no-store' : 'max-age=3600');
  if (path === '/') response.setHeader('Content-Type', 'text/html').end(PAGE);
  else if (path === '/sw.js') response.setHeader('Content-Type', 'text/javascript').end(SERVICE_WORKER);
  else if (module) {
    response.setHeader('Content-Type', name === 'octets.wasm' ? 'application/octet-stream' : 'application/wasm');
    response.setHeader('Content-Length', module.byteLength).end(module);
  } else response.writeHead(404).end();
}

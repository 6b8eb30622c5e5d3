import type { OpenGunzip } from '../bundle/inflateGzip.js';

/**
 * Inflates by the browser's own `DecompressionStream`. It takes the next piece only when all output of the one before has been read,
 * as nothing is queued in it. https://compression.spec.whatwg.org
 */
export const streamGunzip: OpenGunzip = (take) => {
  const { writable, readable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const taken = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      take(value);
    }
  })();
  // Whoever writes is told.
  for (const ended of [taken, writer.closed, reader.closed]) ended.catch(() => {});
  return {
    write: (piece) => writer.write(piece as Uint8Array<ArrayBuffer>),
    async end() {
      await writer.close();
      await taken;
    },
    // Whoever still waits for a write reads the message of an error.
    close: () => void writer.abort(new Error('no more of it is needed')).catch(() => {}),
  };
};

import { readFile } from 'node:fs/promises';

/**
 * Ways to read the same file, each run in a fresh process of its own: `prepare` is not timed, `run` is. The first is what the others
 * are compared with. Adding one is adding it here.
 */
export const variants = [
  {
    name: 'JSON.parse',
    // The text alone: no reading of the file, no table. V8 has no string longer than about 512 MB.
    prepare: async (file) => {
      const text = await readFile(file, 'utf8');
      return () => JSON.parse(text).traceEvents.length;
    },
  },
  {
    name: 'reader',
    prepare: async (file) => {
      const { readTraceFile } = await import('../dist/src/bundle/readTraceFile.js');
      return async () => (await readTraceFile(file)).reading.events;
    },
  },
];

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
  {
    name: 'analyze',
    // Everything that "trace analyze" does with the file: all analyses, the terminal summary and the report.
    prepare: async (file) => {
      const { loadInput } = await import('../dist/src/loadInput.js');
      const { analyze } = await import('../dist/analyzers/index.js');
      const { renderReport } = await import('../dist/src/report/renderReport.js');
      const { renderTerminal } = await import('../dist/src/report/terminal/renderTerminal.js');
      const client = await readFile(new URL('../dist/browser/report.js', import.meta.url), 'utf8');
      return async () => {
        const analysis = analyze(await loadInput(file));
        renderTerminal(analysis, { width: 100, color: false });
        renderReport(analysis, client);
        return analysis.trace.events;
      };
    },
  },
];

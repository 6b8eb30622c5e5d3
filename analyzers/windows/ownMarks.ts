import type { Trace } from '../../src/trace/trace.js';
import type { Finder } from './finder.js';
import { measureWindows } from './measures.js';

/** The marks that the harness makes of its own run. They do not count in a watched page, which could imitate them. */
export const ownMarks: Finder = {
  looksFor: () => 'the marks of a run of Inferscope',
  isFinal: ({ runId }) => runId !== null,
  find: ({ trace, page, runId }) => {
    const id = page ? null : (runId ?? runIdIn(trace));
    if (id === null) return null;
    const nameOf = trace.tables.userTiming.columns.name;
    const prefix = `inferscope:${id}:`;
    const named = (name: string) => measureWindows(trace, (row) => nameOf.at(row) === name)[0] ?? null;
    const setup = named(`${prefix}setup`);
    const warmup = named(`${prefix}warm-up:0`);
    const windows = measureWindows(trace, (row) => nameOf.at(row).startsWith(`${prefix}iteration:`));
    if (windows.length === 0 && !setup && !warmup) return null;
    return {
      windows,
      setup,
      warmup,
      source: 'the run’s own user timing',
      confidence: 1,
      confidenceWhy: 'The harness marked each one itself.',
    };
  },
};

/** Id of the first Inferscope run that the trace holds, or null. */
function runIdIn(trace: Trace): string | null {
  const { name } = trace.tables.userTiming.columns;
  for (const code of new Set(name.codes)) {
    const id = /^inferscope:([\w-]+):iteration:\d+$/.exec(name.strings[code]!)?.[1];
    if (id !== undefined) return id;
  }
  return null;
}

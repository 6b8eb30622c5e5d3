import type { Note } from '../note.js';
import type { NoteSources } from './noteSources.js';

/** What cannot be known, since the trace does not hold it or there is none. */
export function traceNotes({ input, found, split, partition, wasm }: NoteSources): Note[] {
  const { manifest, page, trace, mark, modules } = input;
  const bundle = manifest ?? page;
  if (!trace) return [{ id: 'no-trace', level: 'lack', text: 'There is no trace, so the time cannot be split by cause.' }];
  const list: Note[] = [];
  const add = (level: Note['level'], id: string, text: string): number => list.push({ id, level, text });
  const named = mark ?? page?.page.mark ?? null;
  if (found && found.windows.length === 0) {
    add(
      'lack',
      'no-windows',
      named === null
        ? `No inference found. Looked for: ${found.lookedFor.join('; ')}. Name the measures that are inferences with --mark.`
        : `No measure is named ${named}. Choose one of those that the trace holds; * stands for any text.`,
    );
  }
  if (trace.tables.samples.length === 0) {
    add(
      'lack',
      'no-samples',
      'The trace has no CPU samples (disabled-by-default-v8.cpu_profiler), so executing code cannot be told apart.',
    );
  } else if (partition?.samples === 0) {
    const sampling = bundle?.collectors.samples?.detail;
    add(
      'warning',
      'owner-not-sampled',
      `There are CPU samples, and none of the thread that infers, so executing code cannot be told apart there.${sampling ? ` Of the sampling it is said: ${sampling}.` : ''}`,
    );
  }
  if (split && split.windows.length > 0 && split.windows.every(({ hasThreadTimes }) => !hasThreadTimes)) {
    add('lack', 'no-thread-times', 'The trace has no thread times, so being preempted cannot be told from running.');
  }
  const ran = bundle?.modules.length ?? 0;
  if (modules.length < ran) {
    add(
      'warning',
      'missing-modules',
      `${ran - modules.length} of the ${ran} Wasm modules that ran are not in the bundle: it was copied in part.`,
    );
  }
  if (wasm && modules.length === 0 && wasm.functions.some((sampled) => sampled !== null)) {
    add('lack', 'no-modules', 'The bytes of the Wasm modules are not there, so the instructions that ran are unknown.');
  }
  for (const { url, reason } of wasm?.broken ?? [])
    add('warning', 'broken-module', `The module ${url} cannot be read: ${reason}.`);
  if (trace.tables.frames.length === 0)
    add('lack', 'no-frames', 'The trace reports no compositor frames, so smoothness is unknown.');
  return list;
}

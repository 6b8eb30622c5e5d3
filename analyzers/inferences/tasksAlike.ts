import { median } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';
import { samplesBetween } from '../rows.js';
import { firstFrom } from './firstFrom.js';
import type { OutermostTask } from './outermostTasks.js';
import { taskAt } from './taskAt.js';

interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/** A function tells a task if so many of those that are known have it, and of all that have it this part is known; a script, if this part is. */
const TOLD = 2;
const TELLS = 0.2;
const SCRIPT_TELLS = 0.5;
/** Tasks that are longer or shorter by more are not alike. */
const ALIKE = 2;
const SCRIPT = 'of ';
/** V8's own frames. */
const OWN = /^\(/;

/**
 * Inferences in which no sample of Wasm fell, as it may be with those that are only a few samples long: tasks of the same thread, about as long as those with Wasm in
 * them and well apart from them, in which the same functions were sampled around it.
 * @param spans what is known, by time
 * @param apartUs idle time between two
 * @returns free of overlap with the known, by time
 */
export function tasksAlike(
  trace: Trace,
  thread: number,
  spans: readonly Span[],
  tasks: readonly OutermostTask[],
  apartUs: number,
): Span[] {
  const known = spans.flatMap((span) => {
    const task = taskAt(tasks, (span.startUs + span.endUs) / 2);
    return task ? [{ task, part: (span.endUs - task.startUs) / (task.endUs - task.startUs) }] : [];
  });
  if (known.length < 2) return [];
  const lengthUs = median(known.map(({ task }) => task.endUs - task.startUs));
  const part = Math.min(1, median(known.map((one) => one.part)));
  const functionsIn = (task: Span): Set<string> => new Set(sampledFunctions(trace, thread, task));
  const holdersOf = new Map<string, { all: number; known: number }>();
  const isKnown = new Set(known.map(({ task }) => task));
  for (const task of tasks) {
    for (const name of functionsIn(task)) {
      const holders = holdersOf.get(name) ?? { all: 0, known: 0 };
      holdersOf.set(name, { all: holders.all + 1, known: holders.known + Number(isKnown.has(task)) });
    }
  }
  const tells = (name: string): boolean => {
    const { all, known } = holdersOf.get(name)!;
    return known >= TOLD && known >= (name.startsWith(SCRIPT) ? SCRIPT_TELLS : TELLS) * all;
  };
  const isNear = ({ startUs, endUs }: Span): boolean => {
    const next = firstFrom(spans, startUs);
    return (
      (spans[next]?.startUs ?? Number.POSITIVE_INFINITY) - endUs < apartUs ||
      startUs - (spans[next - 1]?.endUs ?? -apartUs) < apartUs
    );
  };
  return tasks
    .filter((task) => {
      const us = task.endUs - task.startUs;
      if (us < lengthUs / ALIKE || us > lengthUs * ALIKE || isNear(task)) return false;
      return [...functionsIn(task)].some(tells);
    })
    .map(({ startUs, endUs }) => ({ startUs, endUs: startUs + part * (endUs - startUs) }));
}

/** Functions, and the scripts and modules that they are of. */
function* sampledFunctions(trace: Trace, thread: number, { startUs, endUs }: Span): Generator<string> {
  const { columns } = trace.tables.callFrames;
  const [from, to] = samplesBetween(trace, thread, startUs, endUs);
  for (let row = from; row < to; row++) {
    const frame = trace.tables.samples.columns.frame[row]!;
    const name = frame < 0 ? '(unknown)' : columns.function.at(frame);
    if (OWN.test(name)) continue;
    const url = frame < 0 ? '' : columns.url.at(frame);
    yield `function ${name} ${url}`;
    if (url !== '') yield `${SCRIPT}${url}`;
  }
}

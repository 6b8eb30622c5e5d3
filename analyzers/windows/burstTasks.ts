import { median } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';
import { samplesBetween } from '../activity/search.js';
import { ALIKE, type Piece } from './series.js';
import { firstFrom, mostAroundUs, type OutermostTask, startInTask, taskAt } from './tasks.js';

/** A function or script marks an inference only if it was sampled in at least this many tasks of known inferences. */
const LEAST_KNOWN_TASKS = 2;

/** A function marks an inference if at least this part of the tasks with it hold a known inference. */
const FUNCTION_MARKS = 0.2;

/** The same for a script as a whole, which is a weaker sign. */
const SCRIPT_MARKS = 0.5;

/** Prefix of a name that stands for a whole script or module. */
const SCRIPT = 'of ';

/** V8's own frames. */
const OWN = /^\(/;

interface Stretch {
  readonly startUs: number;
  readonly endUs: number;
}

/**
 * Finds inferences without a Wasm sample: an inference that is only a few sampling intervals long may have none. They are tasks
 * of the same thread, about as long as the tasks of known inferences and well apart from them, with the same functions sampled.
 * @param spans known inferences, by time
 * @param apartUs least idle time between two inferences, µs
 * @returns further inferences by time, which do not overlap known ones
 */
export function tasksAlike(
  trace: Trace,
  thread: number,
  spans: readonly Stretch[],
  tasks: readonly OutermostTask[],
  apartUs: number,
): Stretch[] {
  const known = spans.flatMap((span) => {
    const task = taskAt(tasks, (span.startUs + span.endUs) / 2);
    return task ? [{ task, part: (span.endUs - task.startUs) / (task.endUs - task.startUs) }] : [];
  });
  if (known.length < 2) return [];
  const lengthUs = median(known.map(({ task }) => task.endUs - task.startUs));
  const part = Math.min(1, median(known.map((one) => one.part)));
  const functionsIn = (task: Stretch): Set<string> => new Set(sampledFunctions(trace, thread, task));
  const holdersOf = new Map<string, { all: number; known: number }>();
  const isKnown = new Set(known.map(({ task }) => task));
  for (const task of tasks) {
    for (const name of functionsIn(task)) {
      const holders = holdersOf.get(name) ?? { all: 0, known: 0 };
      holdersOf.set(name, { all: holders.all + 1, known: holders.known + Number(isKnown.has(task)) });
    }
  }
  const marksInference = (name: string): boolean => {
    const { all, known } = holdersOf.get(name)!;
    return known >= LEAST_KNOWN_TASKS && known >= (name.startsWith(SCRIPT) ? SCRIPT_MARKS : FUNCTION_MARKS) * all;
  };
  const isNear = ({ startUs, endUs }: Stretch): boolean => {
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
      return [...functionsIn(task)].some(marksInference);
    })
    .map(({ startUs, endUs }) => ({ startUs, endUs: startUs + part * (endUs - startUs) }));
}

/** Names of the functions that were sampled, and of their scripts and modules. */
function* sampledFunctions(trace: Trace, thread: number, { startUs, endUs }: Stretch): Generator<string> {
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

interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/**
 * Extends the span of an inference to the tasks at its edges. A task is not taken if it also holds something else, or if it is
 * far longer than the inference.
 * @param before span of the previous inference, and `after` of the next one; undefined if there is none
 * @param others pieces that belong to no inference, by time
 * @param edgeUs uncertainty of the span's edges, µs
 */
export function withTasks(
  { startUs, endUs }: Span,
  before: Span | undefined,
  after: Span | undefined,
  others: readonly Pick<Piece, 'startUs' | 'endUs'>[],
  tasks: readonly OutermostTask[],
  edgeUs: number,
): Span {
  const mostUs = mostAroundUs(startUs, endUs, edgeUs);
  const lowUs = Math.max(
    before?.endUs ?? Number.NEGATIVE_INFINITY,
    others[firstFrom(others, startUs) - 1]?.endUs ?? Number.NEGATIVE_INFINITY,
  );
  const highUs = Math.min(
    after?.startUs ?? Number.POSITIVE_INFINITY,
    others[firstFrom(others, endUs)]?.startUs ?? Number.POSITIVE_INFINITY,
  );
  const last = taskAt(tasks, endUs - edgeUs / 2);
  const isOwn = last !== null && last.startUs >= lowUs && last.endUs <= highUs && last.busyUs <= mostUs;
  return {
    startUs: startInTask({ startUs, endUs }, lowUs, highUs, tasks, edgeUs),
    endUs: isOwn ? Math.max(last.endUs, endUs) : endUs,
  };
}

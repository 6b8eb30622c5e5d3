import { median } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';
import { samplesBetween } from '../activity/search.js';
import type { Piece } from './series.js';
import { ALIKE } from './series.js';
import { firstFrom, mostAroundUs, type OutermostTask, startInTask, taskAt } from './tasks.js';

/** A function tells a task if so many of those that are known have it, and of all that have it this part is known; a script, if this part is. */
const TOLD = 2;

const TELLS = 0.2;

const SCRIPT_TELLS = 0.5;

const SCRIPT = 'of ';

/** V8's own frames. */
const OWN = /^\(/;

interface Stretch {
  readonly startUs: number;
  readonly endUs: number;
}

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
  const tells = (name: string): boolean => {
    const { all, known } = holdersOf.get(name)!;
    return known >= TOLD && known >= (name.startsWith(SCRIPT) ? SCRIPT_TELLS : TELLS) * all;
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
      return [...functionsIn(task)].some(tells);
    })
    .map(({ startUs, endUs }) => ({ startUs, endUs: startUs + part * (endUs - startUs) }));
}

/** Functions, and the scripts and modules that they are of. */
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
 * What was seen of an inference with the tasks at its edges, unless they hold something else too, or far more than it.
 * @param before the one before it, and after: the next; undefined: there is none
 * @param others what is no inference, by time
 * @param edgeUs how well its edges are known
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

import { firstFrom } from './firstFrom.js';
import { mostAroundUs } from './mostAroundUs.js';
import type { OutermostTask } from './outermostTasks.js';
import type { Piece } from './splitAtIdle.js';
import { startInTask } from './startInTask.js';
import { taskAt } from './taskAt.js';

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

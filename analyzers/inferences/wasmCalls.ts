import { callSeries } from './callSeries.js';
import { endInTask } from './endInTask.js';
import type { Search } from './finder.js';
import { firstFrom } from './firstFrom.js';
import { mostAroundUs } from './mostAroundUs.js';
import { type OutermostTask, outermostTasks } from './outermostTasks.js';
import type { Piece } from './splitAtIdle.js';
import { startInTask } from './startInTask.js';
import { taskAt } from './taskAt.js';
import type { ThreadSeries } from './threadSeries.js';

type Span = Pick<Piece, 'startUs' | 'endUs'>;

/** How well the clock of a page that is not isolated knows when a call began. */
const EDGE_US = 100;
/** A call of no inference that takes this part of one is other work, such as loading the model. */
const OTHER_WORK = 0.1;

/**
 * Series of outermost calls into Wasm, as hooks wrote them down, from the begin of the task that makes their inputs, which may have loaded the
 * model before, to the end of the one that uses their outputs; where that goes on with something else, to the last call in it, which takes
 * the outputs.
 */
export function wasmCalls({ trace, wasmRealms }: Pick<Search, 'trace' | 'wasmRealms'>): ThreadSeries[] {
  return wasmRealms.flatMap((realm) => {
    const series = callSeries(realm);
    if (!series) return [];
    const { others } = series;
    const tasks = outermostTasks(trace, realm.thread);
    const spans = series.spans.map((span, i) => {
      const isWork = ({ startUs, endUs }: Span): boolean => endUs - startUs >= OTHER_WORK * (span.endUs - span.startUs);
      const before = others.findLast((other) => other.startUs < span.startUs && isWork(other));
      const behind = others.find((other) => other.startUs >= span.startUs && isWork(other));
      const lowUs = Math.max(series.spans[i - 1]?.endUs ?? Number.NEGATIVE_INFINITY, before?.endUs ?? Number.NEGATIVE_INFINITY);
      const highUs = series.spans[i + 1]?.startUs ?? Number.POSITIVE_INFINITY;
      const startUs = startInTask(span, lowUs, highUs, tasks, EDGE_US);
      const endUs = lastCallEndUs(span, others, highUs, tasks);
      const untilUs = Math.min(highUs, behind?.startUs ?? Number.POSITIVE_INFINITY);
      return { startUs, endUs: endInTask({ startUs, endUs }, untilUs, tasks, EDGE_US) };
    });
    return [{ ...series, spans }];
  });
}

/** When the last call of an inference ended: that which takes the outputs may be one of those behind it in its task. */
function lastCallEndUs(span: Span, others: readonly Span[], highUs: number, tasks: readonly OutermostTask[]): number {
  const { startUs, endUs } = span;
  const task = taskAt(tasks, endUs - EDGE_US / 2);
  const untilUs = Math.min(task?.endUs ?? endUs, highUs, endUs + mostAroundUs(startUs, endUs, EDGE_US));
  const behind = others.slice(firstFrom(others, endUs - EDGE_US), firstFrom(others, untilUs));
  return Math.max(endUs, behind.findLast((other) => other.endUs <= untilUs)?.endUs ?? endUs);
}

import { callSeries } from './callSeries.js';
import type { Search } from './finder.js';
import { firstFrom } from './firstFrom.js';
import { mostAroundUs } from './mostAroundUs.js';
import { outermostTasks } from './outermostTasks.js';
import { startInTask } from './startInTask.js';
import { taskAt } from './taskAt.js';
import type { ThreadSeries } from './threadSeries.js';

/** How well the clock of a page that is not isolated knows when a call began. */
const EDGE_US = 100;
/** A call of no inference that takes this part of one is other work, such as loading the model. */
const OTHER_WORK = 0.1;

/**
 * Series of outermost calls into Wasm, as hooks wrote them down, from the begin of the task that makes their inputs to the last call in it, which
 * takes the outputs. What the task does behind that is the page's own affair, and a task that loaded the model before began with that.
 */
export function wasmCalls({ trace, wasmRealms }: Pick<Search, 'trace' | 'wasmRealms'>): ThreadSeries[] {
  return wasmRealms.flatMap((realm) => {
    const series = callSeries(realm);
    if (!series) return [];
    const { others } = series;
    const tasks = outermostTasks(trace, realm.thread);
    const spans = series.spans.map((span, i) => {
      const least = OTHER_WORK * (span.endUs - span.startUs);
      const work = others.findLast((other) => other.startUs < span.startUs && other.endUs - other.startUs >= least);
      const lowUs = Math.max(series.spans[i - 1]?.endUs ?? Number.NEGATIVE_INFINITY, work?.endUs ?? Number.NEGATIVE_INFINITY);
      const highUs = series.spans[i + 1]?.startUs ?? Number.POSITIVE_INFINITY;
      const startUs = startInTask(span, lowUs, highUs, tasks, EDGE_US);
      const task = taskAt(tasks, span.endUs - EDGE_US / 2);
      const untilUs = Math.min(task?.endUs ?? span.endUs, highUs, span.endUs + mostAroundUs(span.startUs, span.endUs, EDGE_US));
      const behind = others.slice(firstFrom(others, span.endUs - EDGE_US), firstFrom(others, untilUs));
      const last = behind.filter(({ endUs }) => endUs <= untilUs).at(-1);
      return { startUs, endUs: Math.max(span.endUs, last?.endUs ?? span.endUs) };
    });
    return [{ ...series, spans }];
  });
}

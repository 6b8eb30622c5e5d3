import { callSeries } from './callSeries.js';
import type { Search } from './finder.js';
import { firstFrom } from './firstFrom.js';
import { outermostTasks } from './outermostTasks.js';
import type { ThreadSeries } from './threadSeries.js';
import { withTasks } from './withTasks.js';

/** How well the clock of a page that is not isolated knows when a call began. */
const EDGE_US = 100;

/**
 * Series of outermost calls into Wasm, as hooks wrote them down, from the begin of the task that makes their inputs to the last call in it, which
 * takes the outputs. What the task does behind that is the page's own affair.
 */
export function wasmCalls({ trace, wasmRealms }: Pick<Search, 'trace' | 'wasmRealms'>): ThreadSeries[] {
  return wasmRealms.flatMap((realm) => {
    const series = callSeries(realm);
    if (!series) return [];
    const { others } = series;
    const tasks = outermostTasks(trace, realm.thread);
    const spans = series.spans.map((span, i) => {
      const [before, after] = [series.spans[i - 1], series.spans[i + 1]];
      const whole = withTasks(span, before, after, [], tasks, EDGE_US);
      const around = others.slice(firstFrom(others, whole.startUs), firstFrom(others, whole.endUs));
      const inTask = around.filter(({ endUs }) => endUs <= whole.endUs);
      return { startUs: whole.startUs, endUs: Math.max(span.endUs, inTask.at(-1)?.endUs ?? span.endUs) };
    });
    return [{ ...series, spans }];
  });
}

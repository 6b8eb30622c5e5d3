import { callSeries } from './callSeries.js';
import type { Search } from './finder.js';
import { outermostTasks } from './outermostTasks.js';
import type { ThreadSeries } from './threadSeries.js';
import { withTasks } from './withTasks.js';

/** How well the clock of a page that is not isolated knows when a call began. */
const EDGE_US = 100;

/**
 * Series of outermost calls into Wasm, as hooks wrote them down, from the begin of the task that makes their inputs. What the task does behind them
 * is the page's own affair: the last call took the outputs.
 */
export function wasmCalls({ trace, wasmRealms }: Pick<Search, 'trace' | 'wasmRealms'>): ThreadSeries[] {
  return wasmRealms.flatMap((realm) => {
    const series = callSeries(realm);
    if (!series) return [];
    const tasks = outermostTasks(trace, realm.thread);
    const spans = series.spans.map((span, i) => {
      const { startUs } = withTasks(span, series.spans[i - 1], series.spans[i + 1], series.others, tasks, EDGE_US);
      return { startUs, endUs: span.endUs };
    });
    return [{ ...series, spans }];
  });
}

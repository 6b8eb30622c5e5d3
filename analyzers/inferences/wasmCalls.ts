import { callSeries } from './callSeries.js';
import type { Search } from './finder.js';
import { outermostTasks } from './outermostTasks.js';
import type { ThreadSeries } from './threadSeries.js';
import { withTasks } from './withTasks.js';

/** How well the clock of a page that is not isolated knows when a call began. */
const EDGE_US = 100;

/** Series of outermost calls into Wasm, as hooks wrote them down, with the tasks around them, which make the inputs and use the outputs. */
export function wasmCalls({ trace, wasmRealms }: Pick<Search, 'trace' | 'wasmRealms'>): ThreadSeries[] {
  return wasmRealms.flatMap((realm) => {
    const series = callSeries(realm);
    if (!series) return [];
    const tasks = outermostTasks(trace, realm.thread);
    const spans = series.spans.map((span, i) =>
      withTasks(span, series.spans[i - 1], series.spans[i + 1], series.others, tasks, EDGE_US),
    );
    return [{ ...series, spans }];
  });
}

import { type CallSeries, callSeries, type OtherCall } from './callSeries.js';
import { endInTask, usesOutputs } from './endInTask.js';
import type { Search } from './finder.js';
import { firstFrom } from './firstFrom.js';
import { mostAroundUs } from './mostAroundUs.js';
import { type OutermostTask, outermostTasks } from './outermostTasks.js';
import { scriptsSampled } from './scriptsSampled.js';
import { startInTask } from './startInTask.js';
import { taskAt } from './taskAt.js';
import type { ThreadSeries } from './threadSeries.js';

interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/** How well the clock of a page that is not isolated knows when a call began. */
const EDGE_US = 100;
/** A call of no inference whose like takes this part of one is other work, such as loading the model. */
const OTHER_WORK = 0.1;

/**
 * Series of outermost calls into Wasm, as hooks wrote them down, from the begin of the task that makes their inputs, which may have loaded the
 * model before, to the end of the one that uses their outputs; where that goes on with something else, to the last call in it, which takes
 * the outputs, or to where it is last seen to do what others do behind theirs.
 */
export function wasmCalls({ trace, wasmRealms }: Pick<Search, 'trace' | 'wasmRealms'>): ThreadSeries[] {
  return wasmRealms.flatMap((realm) => {
    const series = callSeries(realm);
    if (!series) return [];
    const tasks = outermostTasks(trace, realm.thread);
    const seen = series.spans.map((_, i) => seenInTask(series, i, tasks));
    const whole = seen.map(({ startUs, endUs, last }) =>
      last && usesOutputs({ startUs, endUs }, last) ? { startUs, endUs: Math.max(last.endUs, endUs) } : null,
    );
    const usual = new Set(
      whole.flatMap((span) => (span ? [...scriptsSampled(trace, realm.thread, span)] : [])).map(({ name }) => name),
    );
    const spans = seen.map(({ startUs, endUs, last }, i) => {
      if (whole[i] || !last) return whole[i] ?? { startUs, endUs };
      const behind = [...scriptsSampled(trace, realm.thread, { startUs: endUs, endUs: last.endUs })];
      return { startUs, endUs: endInTask({ startUs, endUs }, last, behind, (name) => usual.has(name)) };
    });
    return [{ ...series, spans }];
  });
}

/** From the begin of its first task to the end of its last call, with the task that this is in; null where that holds other work behind it. */
function seenInTask(
  { spans, others }: CallSeries,
  i: number,
  tasks: readonly OutermostTask[],
): Span & { readonly last: OutermostTask | null } {
  const span = spans[i]!;
  const isWork = ({ usualUs }: OtherCall): boolean => usualUs >= OTHER_WORK * (span.endUs - span.startUs);
  const from = firstFrom(others, span.startUs);
  const highUs = spans[i + 1]?.startUs ?? Number.POSITIVE_INFINITY;
  const endedUs = spans[i - 1]?.endUs ?? Number.NEGATIVE_INFINITY;
  const before = others.slice(firstFrom(others, endedUs), from).findLast(isWork);
  const behind = others.slice(from, firstFrom(others, highUs)).find(isWork);
  const lowUs = Math.max(endedUs, before?.endUs ?? Number.NEGATIVE_INFINITY);
  const startUs = startInTask(span, lowUs, highUs, tasks, EDGE_US);
  const untilUs = Math.min(highUs, behind?.startUs ?? Number.POSITIVE_INFINITY);
  const endUs = lastCallEndUs(span, others, untilUs, tasks);
  const last = taskAt(tasks, endUs - EDGE_US / 2);
  return { startUs, endUs, last: last && last.endUs <= untilUs ? last : null };
}

/** When the last call of an inference ended: that which takes the outputs may be one of those behind it in its task. */
function lastCallEndUs(span: Span, others: readonly OtherCall[], untilUs: number, tasks: readonly OutermostTask[]): number {
  const { startUs, endUs } = span;
  const task = taskAt(tasks, endUs - EDGE_US / 2);
  const taskEndUs = Math.min(task?.endUs ?? endUs, untilUs);
  const near = others.slice(firstFrom(others, endUs - EDGE_US), firstFrom(others, endUs + mostAroundUs(startUs, endUs, EDGE_US)));
  return Math.max(endUs, near.findLast((other) => other.endUs <= taskEndUs)?.endUs ?? endUs);
}

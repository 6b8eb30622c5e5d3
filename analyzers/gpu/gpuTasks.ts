import type { Trace } from '../../src/trace/trace.js';
import { lowerBound } from '../rows.js';
import type { Span } from '../spans.js';
import type { Task } from '../threadSpans.js';
import type { RealmOnTrace } from './gpuRealm.js';

/** In a task of a page: an answer of the GPU process is taken in, or commands are handed over. */
const CLIENT =
  /^(WebGPUImplementation::|DawnReturnCommands|DawnClientSerializer::|CommandBufferHelper::|CommandBufferProxyImpl::|GLES2)/;

/**
 * Tells tasks of a thread in which the GPU is dealt with, by a call of its API that was written down or by Chrome's own slices: they are the
 * run's, though they may be too short to have the run's script in a sample.
 */
export function gpuTasks(trace: Trace, thread: number, realms: readonly RealmOnTrace[]): (task: Span<Task>) => boolean {
  const { columns, length } = trace.tables.slices;
  const calls = realms
    .filter((realm) => realm.thread === thread)
    .flatMap(({ log, toTraceUs }) => log.calls.atMs.map(toTraceUs))
    .sort((a, b) => a - b);
  const isClient = columns.name.strings.map((name) => CLIENT.test(name));
  return ({ startUs, endUs, value: { row } }) => {
    const call = lowerBound(calls, startUs);
    if (call < calls.length && calls[call]! < endUs) return true;
    for (let inner = row; inner < length && columns.thread[inner] === thread && columns.startUs[inner]! < endUs; inner++) {
      if (isClient[columns.name.codes[inner]!]) return true;
    }
    return false;
  };
}

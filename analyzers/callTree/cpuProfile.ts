import type { Trace } from '../../src/trace/trace.js';
import { wasmFunctions } from '../activity/polling.js';
import { rowsOfThread } from '../activity/search.js';
import type { SampledFunction } from '../activity/wasmFunctions.js';
import { fact, trace } from '../input.js';
import { samples } from '../partition/index.js';
import { split } from '../partition/splitWindows.js';

/**
 * CPU samples of one thread as DevTools and speedscope read them. Times are µs.
 * https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly scriptId: string;
      readonly url: string;
      readonly lineNumber: number;
      readonly columnNumber: number;
    };
    readonly hitCount: number;
    readonly children: readonly number[];
  }[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The samples of the thread that infers; without inferences of the thread that was sampled most. */
export const cpuProfile = fact('cpuProfile', (get) => {
  get(samples);
  const of = get(trace);
  const windows = get.maybe(split)?.windows ?? [];
  const thread = mostOften(windows.length > 0 ? windows.map(({ window }) => window.thread) : of.tables.samples.columns.thread);
  return thread === null ? null : profileOf(of, thread, get(wasmFunctions).functions);
});

function mostOften(rows: Iterable<number>): number | null {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Node 1 is the root that the format asks for. A thread that was profiled twice has two trees below it. */
const ROOT_ID = 1;

/** The profile of a thread. Wasm functions have the names that a symbol file gives. */
export function profileOf(
  { tables, reading }: Trace,
  thread: number,
  functions: readonly (SampledFunction | null)[],
): CpuProfile {
  const { columns, length } = tables.callFrames;
  const { atUs, frame } = tables.samples.columns;
  const [from, to] = rowsOfThread(tables.samples.columns.thread, thread);
  const ids = new Map<number, number>();
  const children = new Map<number, number[]>([[ROOT_ID, []]]);
  const rows: number[] = [];
  for (let row = 0; row < length; row++) {
    if (columns.thread[row] !== thread) continue;
    const isRoot = columns.parent[row]! < 0 && columns.function.at(row) === '(root)';
    const id = isRoot ? ROOT_ID : rows.length + ROOT_ID + 1;
    ids.set(row, id);
    if (isRoot) continue;
    rows.push(row);
    children.set(id, []);
  }
  // In old traces a function may stand before the one that called it.
  for (const row of rows) children.get(ids.get(columns.parent[row]!) ?? ROOT_ID)!.push(ids.get(row)!);
  const hits = new Map<number, number>();
  const sampled: number[] = [];
  const timeDeltas: number[] = [];
  const startTime = from < to ? atUs[from]! : reading.startUs;
  for (let row = from; row < to; row++) {
    const id = ids.get(frame[row]!) ?? ROOT_ID;
    hits.set(id, (hits.get(id) ?? 0) + 1);
    sampled.push(id);
    timeDeltas.push(row === from ? 0 : Math.round(atUs[row]! - startTime) - Math.round(atUs[row - 1]! - startTime));
  }
  const node = (id: number, callFrame: CpuProfile['nodes'][number]['callFrame']): CpuProfile['nodes'][number] => ({
    id,
    callFrame,
    hitCount: hits.get(id) ?? 0,
    children: children.get(id)!,
  });
  const scripts = new Map<string, string>([['', '0']]);
  return {
    nodes: [
      node(ROOT_ID, { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 }),
      ...rows.map((row) => {
        const url = columns.url.at(row);
        if (!scripts.has(url)) scripts.set(url, String(scripts.size));
        return node(ids.get(row)!, {
          functionName: functions[row]?.name || columns.function.at(row),
          scriptId: scripts.get(url)!,
          url,
          lineNumber: columns.line[row]!,
          columnNumber: columns.column[row]!,
        });
      }),
    ],
    startTime,
    endTime: from < to ? atUs[to - 1]! : startTime,
    samples: sampled,
    timeDeltas,
  };
}

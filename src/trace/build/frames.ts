import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import type { traceSchema } from '../schema.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';
import type { TraceEvent } from '../text/traceEvent.js';
import type { FinishedAsyncSlices } from './asyncSlices.js';
import { end } from './pairMarks.js';

const letterT = 0x74;

const reportsShape = {
  event: 'i32',
  atUs: 'f64',
  mark: 'u8',
  host: 'f64',
  source: 'f64',
  sequence: 'f64',
  kind: 'dict',
  state: 'dict',
  affectsSmoothness: 'u8',
  mainAnimation: 'u8',
  compositorAnimation: 'u8',
  surfaceTraceId: 'dict',
} as const;

/**
 * The table `frames`, of the compositor's PipelineReporter slices that have ended. What became of a frame stands in the args of the
 * begin or of the end, under frame_reporter, before Chromium 140 or so under chrome_frame_reporter; if in both, the later one counts.
 */
export class Frames {
  readonly #reports: GrowingRows<typeof reportsShape>;
  readonly #scanner: Scanner;
  readonly #strings: StringTable;
  readonly #name: number;

  constructor(scanner: Scanner, strings: StringTable, budget: MemoryBudget) {
    this.#reports = new GrowingRows(reportsShape, budget);
    this.#scanner = scanner;
    this.#strings = strings;
    this.#name = strings.of('PipelineReporter');
  }

  /** @param number the number as read of the async event, and its `kind` of mark */
  asyncEvent(event: TraceEvent, number: number, mark: number): void {
    if (event.name !== this.#name) return;
    const scanner = this.#scanner;
    const report = Math.max(scanner.find(event.args, 'frame_reporter'), scanner.find(event.args, 'chrome_frame_reporter'));
    if (scanner.find(report, 'state') < 0) return;
    const at = this.#reports.next();
    const { columns } = this.#reports;
    columns.event[at] = number;
    columns.atUs[at] = event.ts;
    columns.mark[at] = mark;
    columns.host[at] = Number.NaN;
    columns.source[at] = Number.NaN;
    columns.sequence[at] = Number.NaN;
    this.#read(report, at);
  }

  /** Reads what a report holds into a row, in one pass. */
  #read(report: number, at: number): void {
    const scanner = this.#scanner;
    const { columns } = this.#reports;
    for (let value = scanner.nextKey(report + 1); value >= 0; value = scanner.nextKey(scanner.skipValue(value))) {
      const isTrue = scanner.bytes[value] === letterT ? 1 : 0;
      if (scanner.keyIs('state')) columns.state[at] = this.#strings.readText(scanner, value);
      else if (scanner.keyIs('affects_smoothness')) columns.affectsSmoothness[at] = isTrue;
      else if (scanner.keyIs('layer_tree_host_id')) columns.host[at] = scanner.number(value);
      else if (scanner.keyIs('frame_source')) columns.source[at] = scanner.number(value);
      else if (scanner.keyIs('frame_sequence')) columns.sequence[at] = scanner.number(value);
      else if (scanner.keyIs('frame_type')) columns.kind[at] = this.#strings.readText(scanner, value);
      else if (scanner.keyIs('has_main_animation')) columns.mainAnimation[at] = isTrue;
      else if (scanner.keyIs('has_compositor_animation')) columns.compositorAnimation[at] = isTrue;
      else if (scanner.keyIs('surface_frame_trace_id')) columns.surfaceTraceId[at] = this.#strings.readText(scanner, value);
    }
  }

  /** @param pids process id of every thread */
  finish({ arrays, rowOf }: FinishedAsyncSlices, pids: Uint32Array): SchemaArrays<typeof traceSchema.frames> {
    const reportOf = new Int32Array(arrays.startUs.length).fill(-1);
    const { event, atUs, mark, ...reported } = this.#reports.finish();
    const endsLast = Float64Array.from(mark, (one) => (one === end ? 0 : 1));
    for (const report of sortedOrder({ key: atUs, longerFirst: endsLast }).order) {
      const row = rowOf[event[report]!]!;
      if (row >= 0) reportOf[row] = report;
    }
    const rows = Uint32Array.from(reportOf.keys()).filter((row) => arrays.name[row] === this.#name && arrays.unclosed[row] === 0);
    const numbers = (of: Float64Array): Float64Array => Float64Array.from(rows, (row) => of[reportOf[row]!] ?? Number.NaN);
    const codes = (of: Uint32Array): Uint32Array => Uint32Array.from(rows, (row) => of[reportOf[row]!] ?? 0);
    const flags = (of: Uint8Array): Uint8Array => Uint8Array.from(rows, (row) => of[reportOf[row]!] ?? 0);
    return {
      pid: Uint32Array.from(rows, (row) => pids[arrays.thread[row]!]!),
      startUs: Float64Array.from(rows, (row) => arrays.startUs[row]!),
      durationUs: Float64Array.from(rows, (row) => arrays.durationUs[row]!),
      host: numbers(reported.host),
      source: numbers(reported.source),
      sequence: numbers(reported.sequence),
      kind: codes(reported.kind),
      state: codes(reported.state),
      affectsSmoothness: flags(reported.affectsSmoothness),
      mainAnimation: flags(reported.mainAnimation),
      compositorAnimation: flags(reported.compositorAnimation),
      surfaceTraceId: codes(reported.surfaceTraceId),
    };
  }
}

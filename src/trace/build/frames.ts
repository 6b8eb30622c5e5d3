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

const reportsShape = { event: 'i32', atUs: 'f64', kind: 'u8', state: 'dict', affectsSmoothness: 'u8' } as const;

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
  asyncEvent(event: TraceEvent, number: number, kind: number): void {
    if (event.name !== this.#name) return;
    const scanner = this.#scanner;
    const report = Math.max(scanner.find(event.args, 'frame_reporter'), scanner.find(event.args, 'chrome_frame_reporter'));
    const state = scanner.find(report, 'state');
    if (state < 0) return;
    const smoothness = scanner.find(report, 'affects_smoothness');
    const at = this.#reports.next();
    const { columns } = this.#reports;
    columns.event[at] = number;
    columns.atUs[at] = event.ts;
    columns.kind[at] = kind;
    columns.state[at] = this.#strings.readText(scanner, state);
    columns.affectsSmoothness[at] = smoothness >= 0 && scanner.bytes[smoothness] === letterT ? 1 : 0;
  }

  /** @param pids process id of every thread */
  finish({ arrays, rowOf }: FinishedAsyncSlices, pids: Uint32Array): SchemaArrays<typeof traceSchema.frames> {
    const reportOf = new Int32Array(arrays.startUs.length).fill(-1);
    const { event, atUs, kind, state, affectsSmoothness } = this.#reports.finish();
    const endsLast = Float64Array.from(kind, (one) => (one === end ? 0 : 1));
    for (const report of sortedOrder({ key: atUs, longerFirst: endsLast }).order) {
      const row = rowOf[event[report]!]!;
      if (row >= 0) reportOf[row] = report;
    }
    const rows = Uint32Array.from(reportOf.keys()).filter((row) => arrays.name[row] === this.#name && arrays.unclosed[row] === 0);
    return {
      pid: Uint32Array.from(rows, (row) => pids[arrays.thread[row]!]!),
      startUs: Float64Array.from(rows, (row) => arrays.startUs[row]!),
      durationUs: Float64Array.from(rows, (row) => arrays.durationUs[row]!),
      state: Uint32Array.from(rows, (row) => state[reportOf[row]!] ?? 0),
      affectsSmoothness: Uint8Array.from(rows, (row) => affectsSmoothness[reportOf[row]!] ?? 0),
    };
  }
}

import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { reorder } from '../../table/reorder.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import type { traceSchema } from '../schema.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';
import type { TraceEvent } from '../text/traceEvent.js';
import type { FinishedAsyncSlices } from './asyncSlices.js';
import { CodeTest } from './codeTest.js';

/**
 * What the browser itself reports in blink.user_timing, under the names of the Navigation and Resource Timing specifications.
 * Source: DevTools, models/trace/handlers/UserTimingsHandler.ts.
 */
const browsersOwn = new Set(
  `workerStart redirectStart redirectEnd fetchStart domainLookupStart domainLookupEnd connectStart connectEnd secureConnectionStart
   requestStart responseStart responseEnd navigationStart unloadEventStart unloadEventEnd commitNavigationEnd domLoading
   domInteractive domContentLoadedEventStart domContentLoadedEventEnd domComplete loadEventStart loadEventEnd`.split(/\s+/),
);

const shape = {
  kind: 'dict',
  name: 'dict',
  thread: 'i32',
  startUs: 'f64',
  durationUs: 'f64',
  cpuAtUs: 'f64',
  unclosed: 'u8',
} as const;

/** The table `userTiming`. Its rows also stand in `instants` and `asyncSlices`, as what the trace has them as. */
export class UserTiming {
  readonly #rows: GrowingRows<typeof shape>;
  readonly #scanner: Scanner;
  readonly #strings: StringTable;
  readonly #isUserTiming: CodeTest;
  readonly #isConsole: CodeTest;
  readonly #isBrowsersOwn: CodeTest;
  readonly #timeStampName: number;
  readonly #kind: { readonly mark: number; readonly measure: number; readonly console: number };

  constructor(scanner: Scanner, strings: StringTable, budget: MemoryBudget) {
    this.#rows = new GrowingRows(shape, budget);
    this.#scanner = scanner;
    this.#strings = strings;
    this.#isUserTiming = new CodeTest(strings.strings, (category) => category.split(',').includes('blink.user_timing'));
    this.#isConsole = new CodeTest(strings.strings, (category) => category.split(',').includes('blink.console'));
    this.#isBrowsersOwn = new CodeTest(strings.strings, (name) => browsersOwn.has(name));
    this.#timeStampName = strings.of('TimeStamp');
    this.#kind = { mark: strings.of('mark'), measure: strings.of('measure'), console: strings.of('console') };
  }

  /** Takes an instant if it is performance.mark() or console.timeStamp(). */
  instant(event: TraceEvent, thread: number): void {
    if (this.#isUserTiming.of(event.category)) {
      if (!this.#isBrowsersOwn.of(event.name)) this.#push(this.#kind.mark, event.name, thread, event.ts, 0, event.tts, 0);
    } else if (event.name === this.#timeStampName) this.#timeStamp(event, thread);
  }

  /** Adds performance.measure() and console.time(), which are async slices. Rows are then sorted by start, longer first. */
  finish({ arrays }: FinishedAsyncSlices): SchemaArrays<typeof traceSchema.userTiming> {
    const { category, name, thread, startUs, durationUs, unclosed } = arrays;
    for (let row = 0; row < startUs.length; row++) {
      const isMeasure = this.#isUserTiming.of(category[row]!);
      if (!isMeasure && !this.#isConsole.of(category[row]!)) continue;
      const kind = isMeasure ? this.#kind.measure : this.#kind.console;
      this.#push(kind, name[row]!, thread[row]!, startUs[row]!, durationUs[row]!, Number.NaN, unclosed[row]!);
    }
    const columns = this.#rows.finish();
    return reorder(columns, sortedOrder({ key: columns.startUs, longerFirst: columns.durationUs }).order);
  }

  /**
   * console.timeStamp(label) is a point in time; with (label, start, end), an extension of Chrome, a span.
   * Source: https://developer.chrome.com/docs/devtools/performance/extension
   */
  #timeStamp(event: TraceEvent, thread: number): void {
    const scanner = this.#scanner;
    const data = scanner.find(event.args, 'data');
    const label = Math.max(scanner.find(data, 'message'), scanner.find(data, 'name'));
    const name = label < 0 ? 0 : this.#strings.readText(scanner, label);
    const start = this.#number(data, 'start');
    const end = this.#number(data, 'end');
    const isSpan = end >= start;
    this.#push(this.#kind.console, name, thread, isSpan ? start : event.ts, isSpan ? end - start : 0, Number.NaN, 0);
  }

  #number(object: number, key: string): number {
    const at = this.#scanner.find(object, key);
    return at < 0 ? Number.NaN : this.#scanner.number(at);
  }

  #push(
    kind: number,
    name: number,
    thread: number,
    startUs: number,
    durationUs: number,
    cpuAtUs: number,
    unclosed: number,
  ): void {
    const at = this.#rows.next();
    const { columns } = this.#rows;
    columns.kind[at] = kind;
    columns.name[at] = name;
    columns.thread[at] = thread;
    columns.startUs[at] = startUs;
    columns.durationUs[at] = durationUs;
    columns.cpuAtUs[at] = cpuAtUs;
    columns.unclosed[at] = unclosed;
  }
}

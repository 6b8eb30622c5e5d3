import type { MemoryLog, PageMemory } from '../../src/bundle/memoryLog.js';

interface Taken {
  /** The page's clock when it answered. */
  readonly nowMs: number;
  readonly rows: PageMemory;
}

/**
 * Collects the page's memory readings and converts their times to another clock. Each request and its answer bound the page's
 * clock between two moments; the fastest exchange bounds it best.
 */
export class PageMemoryLog {
  readonly #now: () => number;
  readonly #taken: PageMemory[] = [];
  #offsetMs = 0;
  #errorMs = Number.POSITIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  async take(ask: () => Promise<Taken>): Promise<void> {
    const askedMs = this.#now();
    const { nowMs, rows } = await ask();
    const errorMs = (this.#now() - askedMs) / 2;
    if (errorMs < this.#errorMs) {
      this.#errorMs = errorMs;
      this.#offsetMs = askedMs + errorMs - nowMs;
    }
    this.#taken.push(rows);
  }

  /** 0 before the first readings. */
  get clockErrorMs(): number {
    return Number.isFinite(this.#errorMs) ? this.#errorMs : 0;
  }

  get rows(): MemoryLog['page'] {
    return {
      atMs: this.#taken.flatMap(({ atMs }) => atMs).map((ms) => ms + this.#offsetMs),
      wasmBytes: this.#taken.flatMap(({ wasmBytes }) => wasmBytes),
      tensorBytes: this.#taken.flatMap(({ tensorBytes }) => tensorBytes),
      gpuBytes: this.#taken.flatMap(({ gpuBytes }) => gpuBytes),
    };
  }
}

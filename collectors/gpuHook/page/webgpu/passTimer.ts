import type { CallLog } from '../callLog.js';

/** Tells the hook's own calls from those of the page. */
export class Own {
  #depth = 0;

  get isCalling(): boolean {
    return this.#depth > 0;
  }

  /** Runs an action whose calls are not the page's. */
  aside<T>(action: () => T): T {
    this.#depth++;
    try {
      return action();
    } finally {
      this.#depth--;
    }
  }
}

/** WebGPU's limit of a query set. A pass needs two queries. https://gpuweb.github.io/gpuweb/#dom-gpudevice-createqueryset */
const QUERIES = 4096;
const BYTES = QUERIES * BigUint64Array.BYTES_PER_ELEMENT;
/** Longest wait for an answer of the device. */
const ANSWER_LIMIT_MS = 5000;

/** Queries that are resolved together, and the passes that write them. */
interface Batch {
  readonly querySet: GPUQuerySet;
  next: number;
  /** Passes begun but not submitted yet. */
  open: number;
  readonly passes: { readonly query: number; readonly call: number }[];
}

interface TimedPass {
  readonly batch: Batch;
  readonly query: number;
}

/**
 * Has one device record when each of its passes begins and ends. The times of many passes are fetched at once, after the page's
 * own submissions.
 * A pass whose command buffer is never submitted keeps its whole batch from being read, so times of other passes are lost too.
 */
export class PassTimer {
  readonly #device: GPUDevice;
  readonly #log: CallLog;
  readonly #own: Own;
  readonly #ofEncoder = new WeakMap<GPUCommandEncoder, TimedPass[]>();
  readonly #ofCommands = new WeakMap<GPUCommandBuffer, TimedPass[]>();
  readonly #reading = new Set<Promise<void>>();
  #batch: Batch | null = null;

  constructor(device: GPUDevice, log: CallLog, own: Own) {
    this.#device = device;
    this.#log = log;
    this.#own = own;
  }

  begin(encoder: GPUCommandEncoder): GPUComputePassTimestampWrites {
    this.#batch ??= {
      querySet: this.#device.createQuerySet({ type: 'timestamp', count: QUERIES }),
      next: 0,
      open: 0,
      passes: [],
    };
    const batch = this.#batch;
    const query = batch.next;
    batch.next += 2;
    batch.open++;
    if (batch.next === QUERIES) this.#batch = null;
    const passes = this.#ofEncoder.get(encoder) ?? [];
    passes.push({ batch, query });
    this.#ofEncoder.set(encoder, passes);
    return { querySet: batch.querySet, beginningOfPassWriteIndex: query, endOfPassWriteIndex: query + 1 };
  }

  finish(encoder: GPUCommandEncoder, commands: GPUCommandBuffer): void {
    const passes = this.#ofEncoder.get(encoder);
    if (passes) this.#ofCommands.set(commands, passes);
  }

  /** @param call row of the submission */
  submitted(commands: readonly GPUCommandBuffer[], call: number): void {
    for (const one of commands) {
      for (const { batch, query } of this.#ofCommands.get(one) ?? []) {
        // A full log has no row for it.
        if (call >= 0) batch.passes.push({ query, call });
        batch.open--;
        if (batch.open === 0 && batch.next === QUERIES) this.#read(batch);
      }
      this.#ofCommands.delete(one);
    }
  }

  async settle(): Promise<void> {
    if (this.#batch?.open === 0 && this.#batch.passes.length > 0) {
      this.#read(this.#batch);
      this.#batch = null;
    }
    const limit = new Promise<void>((resolve) => setTimeout(resolve, ANSWER_LIMIT_MS));
    await Promise.race([Promise.all(this.#reading), limit]);
  }

  #read(batch: Batch): void {
    const reading = this.#times(batch).then(
      (times) => {
        for (const { query, call } of batch.passes) {
          const startUs = Number(times[query]!) / 1000;
          const endUs = Number(times[query + 1]!) / 1000;
          // If both are zero, the device had no reason to write timestamps, since the pass was empty.
          if (endUs > startUs && startUs > 0) this.#log.pass(call, startUs, endUs - startUs);
        }
      },
      (error: Error) => this.#log.error(`The times of ${batch.passes.length} passes were lost: ${error.message}`),
    );
    this.#reading.add(reading);
    void reading.then(() => this.#reading.delete(reading));
  }

  async #times({ querySet, next }: Batch): Promise<BigUint64Array> {
    const { resolved, readable, mapping } = this.#own.aside(() => {
      const resolved = this.#device.createBuffer({ size: BYTES, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
      const readable = this.#device.createBuffer({ size: BYTES, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
      const encoder = this.#device.createCommandEncoder();
      encoder.resolveQuerySet(querySet, 0, next, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, readable, 0, next * BigUint64Array.BYTES_PER_ELEMENT);
      this.#device.queue.submit([encoder.finish()]);
      return { resolved, readable, mapping: readable.mapAsync(GPUMapMode.READ) };
    });
    await mapping;
    const times = new BigUint64Array(readable.getMappedRange().slice(0));
    for (const spent of [querySet, resolved, readable]) spent.destroy();
    return times;
  }
}

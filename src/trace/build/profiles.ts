import type { SchemaArrays } from '../../table/fromArrays.js';
import { GrowingRows } from '../../table/growingRows.js';
import { IntPairMap } from '../../table/intPairMap.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { reorder } from '../../table/reorder.js';
import { sortedOrder } from '../../table/sortedOrder.js';
import type { traceSchema } from '../schema.js';
import * as byte from '../text/bytes.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';
import type { TraceEvent } from '../text/traceEvent.js';
import { CallFrames } from './callFrames.js';

/** One CPU profile of one thread; a thread that is profiled twice has two. */
interface Profile {
  thread: number;
  /** NaN until its Profile event came. */
  startUs: number;
}

/** Samples that were sent together. Deltas go on from chunk to chunk, in the order in which they were sent. */
interface Chunk {
  /** Index of its profile. */
  readonly profile: number;
  readonly sentUs: number;
  /** Rows of its samples, as read. */
  readonly from: number;
  readonly to: number;
  /** Sum of its deltas. */
  readonly elapsedUs: number;
}

/** What a profile or a chunk takes. */
const OBJECT_BYTES = 64;

export interface FinishedProfiles {
  readonly samples: SchemaArrays<typeof traceSchema.samples>;
  readonly callFrames: SchemaArrays<typeof traceSchema.callFrames>;
}

const samplesShape = { thread: 'i32', atUs: 'f64', frame: 'i32' } as const;

/**
 * The tables `samples` and `callFrames`, of V8's Profile and ProfileChunk events. Chunks belong to the last Profile of the same
 * process and id; their own thread is that of the sampler.
 * Source: V8, src/profiler/cpu-profiler.cc and profile-generator.cc (StreamPendingTraceEvents).
 */
export class Profiles {
  readonly #scanner: Scanner;
  readonly #frames: CallFrames;
  readonly #profileName: number;
  readonly #chunkName: number;
  readonly #profiles: Profile[] = [];
  readonly #current: IntPairMap;
  /** Where these arrays of the chunk that is being read start, -1 if it has none. */
  #samplesAt = -1;
  #deltasAt = -1;
  readonly #chunks: Chunk[] = [];
  /** Until `finish`, `atUs` counts from the begin of the chunk, `frame` is the id of a node, and `thread` is not known. */
  readonly #samples: GrowingRows<typeof samplesShape>;
  readonly #budget: MemoryBudget;

  constructor(scanner: Scanner, strings: StringTable, budget: MemoryBudget) {
    this.#budget = budget;
    this.#samples = new GrowingRows(samplesShape, budget);
    this.#current = new IntPairMap(budget);
    this.#scanner = scanner;
    this.#frames = new CallFrames(scanner, strings, budget);
    this.#profileName = strings.of('Profile');
    this.#chunkName = strings.of('ProfileChunk');
  }

  /** Takes a P event. False if it is of some other sampler than V8's. */
  add(event: TraceEvent, thread: number, id: number): boolean {
    if (event.name === this.#chunkName) this.#addChunk(event, thread, id);
    else if (event.name === this.#profileName) this.#addProfile(event, thread, id);
    else return false;
    return true;
  }

  finish(threads: number): FinishedProfiles {
    // In place, for there may be millions.
    const { thread, atUs, frame } = this.#samples.finish();
    const reachedUs = this.#profiles.map(({ startUs }) => startUs);
    for (const { profile: index, sentUs, from, to, elapsedUs } of this.#chunks.toSorted((a, b) => a.sentUs - b.sentUs)) {
      // Without a Profile event, the first chunk is taken to have been sent right after its last sample.
      if (Number.isNaN(reachedUs[index]!)) reachedUs[index] = sentUs - elapsedUs;
      for (let row = from; row < to; row++) {
        atUs[row]! += reachedUs[index]!;
        frame[row] = this.#frames.row(index, frame[row]!);
        thread[row] = this.#profiles[index]!.thread;
      }
      reachedUs[index]! += elapsedUs;
    }
    const { order } = sortedOrder({ group: thread, groups: threads, key: atUs });
    return {
      samples: reorder({ thread, atUs, frame }, order),
      callFrames: this.#frames.finish(this.#profiles.map((one) => one.thread)),
    };
  }

  /** A Profile event: the begin of a profile, which names its thread and start. */
  #addProfile(event: TraceEvent, thread: number, id: number): void {
    const start = this.#scanner.find(this.#scanner.find(event.args, 'data'), 'startTime');
    const startUs = start < 0 ? Number.NaN : this.#scanner.number(start);
    const at = Number.isFinite(startUs) ? startUs : event.ts;
    const known = this.#profiles[this.#current.get(event.pid, id)];
    if (known && Number.isNaN(known.startUs)) {
      // Its first chunks came before it.
      known.thread = thread;
      known.startUs = at;
    } else this.#begin(event.pid, id, thread, at);
  }

  /** A ProfileChunk event: new nodes of the call tree, and samples. */
  #addChunk(event: TraceEvent, thread: number, id: number): void {
    const scanner = this.#scanner;
    const data = scanner.find(event.args, 'data');
    let index = this.#current.get(event.pid, id);
    if (index < 0) index = this.#begin(event.pid, id, thread, Number.NaN);
    this.#samplesAt = -1;
    this.#deltasAt = -1;
    if (scanner.bytes[data] === byte.openBrace) this.#readChunk(data, index, true);
    const from = this.#samples.length;
    const elapsedUs = this.#addSamples();
    this.#budget.take(OBJECT_BYTES);
    this.#chunks.push({ profile: index, sentUs: event.ts, from, to: this.#samples.length, elapsedUs });
  }

  /** Adds the nodes, and notes where samples and deltas stand: `data` and, inside it, `cpuProfile` in one pass. */
  #readChunk(at: number, index: number, isData: boolean): void {
    const scanner = this.#scanner;
    for (let value = scanner.nextKey(at + 1); value >= 0; value = scanner.nextKey(scanner.at)) {
      if (scanner.keyIs('nodes')) scanner.at = this.#frames.addNodes(value, index);
      else if (isData && scanner.keyIs('cpuProfile') && scanner.bytes[value] === byte.openBrace) {
        this.#readChunk(value, index, false);
      } else {
        if (scanner.keyIs('samples')) this.#samplesAt = value;
        else if (scanner.keyIs('timeDeltas')) this.#deltasAt = value;
        scanner.at = scanner.skipValue(value);
      }
    }
  }

  #begin(pid: number, id: number, thread: number, startUs: number): number {
    const index = this.#profiles.length;
    this.#budget.take(OBJECT_BYTES);
    this.#profiles.push({ thread, startUs });
    this.#current.set(pid, id, index);
    return index;
  }

  /**
   * Walks the arrays of node ids and of time deltas side by side. A sample without a delta is taken at the time of the one before.
   * Nodes may stand in a chunk that is read later.
   * @returns the sum of the deltas
   */
  #addSamples(): number {
    const scanner = this.#scanner;
    const samples = this.#samplesAt;
    const deltas = this.#deltasAt;
    if (scanner.bytes[samples] !== byte.openBracket) return 0;
    let elapsedUs = 0;
    let sample = scanner.nextElement(samples + 1);
    let delta = scanner.bytes[deltas] === byte.openBracket ? scanner.nextElement(deltas + 1) : -1;
    while (sample >= 0) {
      const node = scanner.number(sample);
      sample = scanner.nextElement(scanner.at);
      if (delta >= 0) {
        const us = scanner.number(delta);
        // A delta that leads beyond what a double holds exactly is none.
        if (Math.abs(elapsedUs + us) <= Number.MAX_SAFE_INTEGER) elapsedUs += us;
        delta = scanner.nextElement(scanner.at);
      }
      const at = this.#samples.next();
      const { columns } = this.#samples;
      columns.atUs[at] = elapsedUs;
      columns.frame[at] = node <= 0x7fffffff ? node : -1;
    }
    return elapsedUs;
  }
}

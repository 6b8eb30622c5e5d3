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
  /** Sum of the deltas so far, after startUs. */
  elapsedUs: number;
  /** For a profile without a Profile event: its start if its first chunk was sent right after its last sample. */
  guessedStartUs: number;
}

/** What such an object takes. */
const PROFILE_BYTES = 64;

export interface FinishedProfiles {
  readonly samples: SchemaArrays<typeof traceSchema.samples>;
  readonly callFrames: SchemaArrays<typeof traceSchema.callFrames>;
}

const samplesShape = { profile: 'i32', elapsedUs: 'f64', frame: 'i32' } as const;

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
    const { profile, elapsedUs: atUs, frame } = this.#samples.finish();
    // In place, for there may be millions: the sum of deltas becomes a time, the profile its thread.
    const thread = profile;
    for (let row = 0; row < profile.length; row++) {
      const { startUs, guessedStartUs, thread: owner } = this.#profiles[profile[row]!]!;
      atUs[row]! += Number.isNaN(startUs) ? guessedStartUs : startUs;
      thread[row] = owner;
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
    const profile = this.#profiles[index]!;
    this.#samplesAt = -1;
    this.#deltasAt = -1;
    if (scanner.bytes[data] === byte.openBrace) this.#readChunk(data, index, true);
    this.#addSamples(index, profile);
    if (Number.isNaN(profile.guessedStartUs)) profile.guessedStartUs = event.ts - profile.elapsedUs;
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
    this.#budget.take(PROFILE_BYTES);
    this.#profiles.push({ thread, startUs, elapsedUs: 0, guessedStartUs: Number.NaN });
    this.#current.set(pid, id, index);
    return index;
  }

  /** Walks the arrays of node ids and of time deltas side by side. A sample without a delta is taken at the time of the one before. */
  #addSamples(index: number, profile: Profile): void {
    const scanner = this.#scanner;
    const samples = this.#samplesAt;
    const deltas = this.#deltasAt;
    if (scanner.bytes[samples] !== byte.openBracket) return;
    let elapsedUs = profile.elapsedUs;
    let sample = scanner.nextElement(samples + 1);
    let delta = scanner.bytes[deltas] === byte.openBracket ? scanner.nextElement(deltas + 1) : -1;
    while (sample >= 0) {
      const node = scanner.number(sample);
      sample = scanner.nextElement(scanner.at);
      if (delta >= 0) {
        const us = scanner.number(delta);
        if (Number.isFinite(us)) elapsedUs += us;
        delta = scanner.nextElement(scanner.at);
      }
      const at = this.#samples.next();
      const { columns } = this.#samples;
      columns.profile[at] = index;
      columns.elapsedUs[at] = elapsedUs;
      columns.frame[at] = this.#frames.row(index, node);
    }
    profile.elapsedUs = elapsedUs;
  }
}

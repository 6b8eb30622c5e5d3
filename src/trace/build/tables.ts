import { fromArrays } from '../../table/fromArrays.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { traceSchema } from '../schema.js';
import { EventIds } from '../text/eventId.js';
import { Identifiers } from '../text/identifiers.js';
import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';
import type { Trace } from '../trace.js';
import { Args } from './args.js';
import { AsyncSlices } from './asyncSlices.js';
import { Counters } from './counters.js';
import type { Counts } from './counts.js';
import { Flows } from './flows.js';
import { Frames } from './frames.js';
import { Instants } from './instants.js';
import { Profiles } from './profiles.js';
import { Slices } from './slices.js';
import { Threads } from './threads.js';
import { UserTiming } from './userTiming.js';

/** All tables of a trace while they are built: one builder per table or two, which know nothing of each other until `finish`. */
export class Tables {
  readonly threads: Threads;
  readonly slices: Slices;
  readonly asyncSlices: AsyncSlices;
  readonly instants: Instants;
  readonly counters: Counters;
  readonly profiles: Profiles;
  readonly userTiming: UserTiming;
  readonly frames: Frames;
  readonly flows: Flows;
  readonly args: Args;
  readonly ids: EventIds;
  readonly identifiers: Identifiers;
  readonly #strings: StringTable;

  constructor(scanner: Scanner, strings: StringTable, budget: MemoryBudget) {
    this.threads = new Threads(budget);
    this.slices = new Slices(budget);
    this.asyncSlices = new AsyncSlices(budget);
    this.instants = new Instants(budget);
    this.counters = new Counters(scanner, strings, budget);
    this.profiles = new Profiles(scanner, strings, budget);
    this.userTiming = new UserTiming(scanner, strings, budget);
    this.frames = new Frames(scanner, strings, budget);
    this.args = new Args(scanner, strings, budget);
    this.ids = new EventIds(scanner, strings);
    this.identifiers = new Identifiers(strings);
    this.flows = new Flows(strings, this.ids, budget);
    this.#strings = strings;
  }

  finish(counts: Counts): Trace['tables'] {
    const threadCount = this.threads.length;
    const { strings } = this.#strings;
    const textOf = (id: number): number => this.#strings.of(this.identifiers.textOf(id));
    const { processes, threads } = this.threads.finish(textOf);
    const slices = this.slices.finish(threadCount, strings.length, counts);
    const asyncSlices = this.asyncSlices.finish(strings.length, counts);
    const instants = this.instants.finish(threadCount);
    const { samples, callFrames } = this.profiles.finish(threadCount);
    const userTiming = this.userTiming.finish(asyncSlices);
    const frames = this.frames.finish(asyncSlices, threads.pid);
    const args = this.args.finish([slices.rowOf, slices.rowOfEnd, asyncSlices.rowOf, instants.rowOf]);
    return {
      processes: fromArrays(traceSchema.processes, processes, strings),
      threads: fromArrays(traceSchema.threads, threads, strings),
      slices: fromArrays(traceSchema.slices, slices.arrays, strings),
      asyncSlices: fromArrays(traceSchema.asyncSlices, asyncSlices.arrays, strings),
      instants: fromArrays(traceSchema.instants, instants.arrays, strings),
      counters: fromArrays(traceSchema.counters, this.counters.finish(), strings),
      samples: fromArrays(traceSchema.samples, samples, strings),
      callFrames: fromArrays(traceSchema.callFrames, callFrames, strings),
      userTiming: fromArrays(traceSchema.userTiming, userTiming, strings),
      frames: fromArrays(traceSchema.frames, frames, strings),
      flows: fromArrays(traceSchema.flows, this.flows.finish(), strings),
      args: fromArrays(traceSchema.args, args, strings),
    };
  }
}

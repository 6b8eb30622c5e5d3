import type { CauseId } from '../../analyzers/partition/causes/index.js';
import type { Plan } from './plan.js';

/** A plant in the page, and the cause that it must be found as. */
export interface Planting extends Omit<Plan, 'iterations'> {
  /** In words, for the table. */
  readonly title: string;
  readonly cause: CauseId;
  /** Causes that grow with it by nature, such as the work of the call that waits. */
  readonly also?: readonly CauseId[];
  readonly on: 'worker' | 'main';
  readonly v8Flags: readonly string[];
  /** How much of the plant is CPU time of the owner: all of it, none, where it sleeps meanwhile, or some, where V8’s helpers do a part or it waits for the kernel. */
  readonly cpu: 'all' | 'none' | 'some';
}

const usual = { base: 'simd128', amountMs: 15, on: 'worker', v8Flags: [], cpu: 'all' } as const;

/** What is planted in every odd window. Its twin has the amount zero. */
export const plantings: readonly Planting[] = [
  { ...usual, title: 'busy JavaScript in the run', plant: 'busyScript', cause: 'runtime.glue' },
  {
    ...usual,
    title: 'forced garbage collections',
    plant: 'garbage',
    cause: 'runtime.gc',
    v8Flags: ['--expose-gc'],
    cpu: 'some',
  },
  { ...usual, title: 'a timer of another script', plant: 'pageTimer', cause: 'contention.page', on: 'main' },
  { ...usual, title: 'growing memory page by page', plant: 'growingMemory', cause: 'runtime.memory', cpu: 'some' },
  {
    ...usual,
    title: 'a second worker with more work, owner asleep',
    plant: 'sleepingForWorker',
    cause: 'contention.workers',
    cpu: 'none',
  },
  { ...usual, title: 'a second worker with more work, owner polling', plant: 'spinningForWorker', cause: 'contention.spin' },
  { ...usual, title: 'a timer of its own', plant: 'timer', cause: 'wait.timer', cpu: 'none' },
  { ...usual, title: 'a task that is scheduled for later', plant: 'postedTask', cause: 'wait.timer', on: 'main', cpu: 'none' },
  { ...usual, title: 'a response of the network', plant: 'fetched', cause: 'wait.network', also: ['runtime.glue'], cpu: 'some' },
  {
    ...usual,
    title: 'a response on the main thread',
    plant: 'fetched',
    cause: 'wait.network',
    also: ['runtime.glue'],
    on: 'main',
    cpu: 'some',
  },
  {
    ...usual,
    title: 'a synchronous request',
    plant: 'synchronousRequest',
    cause: 'wait.blocked',
    also: ['runtime.glue'],
    cpu: 'some',
  },
  { ...usual, title: 'Atomics.wait', plant: 'atomicsWait', cause: 'wait.blocked', cpu: 'none' },
  { ...usual, title: 'a message of a thread that sleeps', plant: 'messageRoundTrip', cause: 'wait.message', cpu: 'none' },
  { ...usual, title: 'a database', plant: 'indexedDb', cause: 'wait.message', cpu: 'some' },
  {
    ...usual,
    title: 'a file that is written synchronously',
    plant: 'synchronousFile',
    cause: 'wait.blocked',
    also: ['runtime.glue'],
    cpu: 'some',
  },
  { ...usual, title: 'a scalar loop', plant: 'scalar', cause: 'isa.scalar' },
  { ...usual, title: 'a relaxed SIMD loop', plant: 'relaxed', cause: 'isa.relaxed' },
  { ...usual, title: 'a 128-bit loop beside scalar code', plant: 'simd128', base: 'scalar', cause: 'isa.simd128' },
];

import { leb, section, text, vector } from '../wasm/builder.js';

/** Words of the shared memory: how many jobs were begun, how many threads are done with this one, its rounds. */
const BEGUN = 0;
const DONE = 4;
const ROUNDS = 8;
/** The numbers that are summed, in two halves. The caller takes the first, the pool's thread the second. */
const FIRST = 1024;
const SECOND = 17_408;
const END = 33_792;

const constant = (value: number) => [0x41, ...leb(value)];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const atomic = (code: number) => [0xfe, code, 2, 0];
const load = atomic(0x10);
const store = atomic(0x17);
const add = atomic(0x1e);
const notify = atomic(0x00);
const wait = atomic(0x01);
const drop = [0x1a];
const again = [0x0d, 0];
const loop = (...body: readonly number[][]) => [0x03, 0x40, ...body.flat(), 0x0b];
const countDown = (local: number) => [...get(local), ...constant(1), 0x6b, ...tee(local), ...again];
const KERNEL = 0;
const half = (from: number, to: number) => [...constant(from), ...constant(to), 0x10, KERNEL];

/** (from, to) → a sum of squares, four numbers at once. Local 2 is the vector of sums. */
const kernel = [
  ...[1, 1, 0x7b],
  ...loop(
    [...get(2), ...get(0), 0xfd, 0, 4, 0, ...get(0), 0xfd, 0, 4, 0, 0xfd, 0xe6, 1, 0xfd, 0xe4, 1, ...set(2)],
    [...get(0), ...constant(16), 0x6a, ...tee(0), ...get(1), 0x49, ...again],
  ),
  ...[...get(2), 0xfd, 0x1f, 0, 0x0b],
];

/** What a thread of the pool does for ever: sleep until a job is begun, do its half, say so. Local 0 is the jobs seen. */
const thread = [
  ...[1, 2, 0x7f],
  ...loop(
    [...constant(BEGUN), ...get(0), 0x42, 0x7f, ...wait, ...drop],
    [...constant(BEGUN), ...load, ...get(0), 0x46, ...again],
    [...get(0), ...constant(1), 0x6a, ...set(0), ...constant(ROUNDS), ...load, ...set(1)],
    loop([...half(SECOND, END), ...drop], countDown(1)),
    [...constant(DONE), ...constant(1), ...add, ...drop, ...constant(DONE), ...constant(1), ...notify, ...drop],
    [0x0c, 0],
  ),
  0x0b,
];

/** (rounds) → the first half's sum. It begins a job, does its own half and spins until the other is done, as a page's main thread must. */
const infer = [
  ...[1, 1, 0x7d],
  ...[...constant(DONE), ...constant(0), ...store, ...constant(ROUNDS), ...get(0), ...store],
  ...[...constant(BEGUN), ...constant(1), ...add, ...drop, ...constant(BEGUN), ...constant(1), ...notify, ...drop],
  ...loop([...half(FIRST, SECOND), ...get(1), 0x92, ...set(1)], countDown(0)),
  ...loop([...constant(DONE), ...load, 0x45, ...again]),
  ...[...get(1), 0x0b],
];

const bodies = [kernel, thread, infer];

/**
 * A module as Emscripten makes one with -pthread: it imports a shared memory of two pages, and exports what a thread of the pool runs
 * and what the page calls. No framework, no names.
 */
export const pthreadsModule = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(
    1,
    vector([
      [0x60, 2, 0x7f, 0x7f, 1, 0x7d],
      [0x60, 0, 0],
      [0x60, 1, 0x7f, 1, 0x7d],
    ]),
  ),
  ...section(2, vector([[...text('env'), ...text('memory'), 2, 3, 2, 2]])),
  ...section(3, vector([[0], [1], [2]])),
  ...section(
    7,
    vector([
      [...text('thread_main'), 0, 1],
      [...text('infer'), 0, 2],
    ]),
  ),
  ...section(10, vector(bodies.map((body) => [...leb(body.length), ...body]))),
]);

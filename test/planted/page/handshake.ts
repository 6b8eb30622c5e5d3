import { section, text, vector } from '../../wasm/builder.js';

/** Addresses in the memory that threads share: how many rounds were begun, and how long each thread computes in the next one, as a float, ms. */
export const BEGUN = 0;
export const WORK = 4;
/** How many rounds a thread has ended, and behind it how long it computed in the last one, as a float, ms. */
export const ENDED = 8;
export const COMPUTED = 4;
/** From a thread to the next one. */
export const STEP = 8;

/** Sleeps, or polls, until the word at an address has a value. */
type Await = (address: number, value: number) => void;

export interface Handshake {
  readonly sleepUntil: Await;
  readonly spinUntil: Await;
  /** Polls by an atomic that writes: its code does not tell. */
  readonly exchangeUntil: Await;
  /** Sets the word at an address, and wakes all who sleep for it. */
  readonly post: Await;
}

const load = [0x20, 0, 0xfe, 0x10, 2, 0];
const bodies = [
  // loop: if (local 2 = load) = value, return; memory.atomic.wait32(address, local 2, for ever); once more
  [1, 1, 0x7f, 0x03, 0x40, ...load, 0x22, 2, 0x20, 1, 0x46, 0x04, 0x40, 0x0f, 0x0b],
  // loop: once more while load ≠ value
  [0, 0x03, 0x40, ...load, 0x20, 1, 0x47, 0x0d, 0, 0x0b, 0x0b],
  // loop: once more while i32.atomic.rmw.or(address, 0) ≠ value
  [0, 0x03, 0x40, 0x20, 0, 0x41, 0, 0xfe, 0x33, 2, 0, 0x20, 1, 0x47, 0x0d, 0, 0x0b, 0x0b],
  // store; memory.atomic.notify(address, all)
  [0, 0x20, 0, 0x20, 1, 0xfe, 0x17, 2, 0, 0x20, 0, 0x41, 0x7f, 0xfe, 0, 2, 0, 0x1a, 0x0b],
];
bodies[0]!.push(0x20, 0, 0x20, 2, 0x42, 0x7f, 0xfe, 0x01, 2, 0, 0x1a, 0x0c, 0, 0x0b, 0x0b);

/** How two threads wait for one another in Wasm: a module that imports their shared memory. */
export const handshakeModule = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, vector([[0x60, 2, 0x7f, 0x7f, 0]])),
  ...section(2, vector([[...text('env'), ...text('memory'), 2, 3, 1, 1]])),
  ...section(3, vector(bodies.map(() => [0]))),
  ...section(7, vector(['sleepUntil', 'spinUntil', 'exchangeUntil', 'post'].map((name, i) => [...text(name), 0, i]))),
  ...section(10, vector(bodies.map((body) => [body.length, ...body]))),
]);

export async function handshake(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Handshake> {
  return (await WebAssembly.instantiate(module, { env: { memory } })).exports as unknown as Handshake;
}

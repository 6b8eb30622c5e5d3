import { section, text, vector } from '../../wasm/builder.js';

/** Words of the memory that two threads share: how many rounds were begun, and how many ended. */
export const BEGUN = 0;
export const ENDED = 4;

/** Sleeps, or polls, until the word at an address has a value. */
type Await = (address: number, value: number) => void;

export interface Handshake {
  readonly sleepUntil: Await;
  readonly spinUntil: Await;
  /** Sets the word at an address, and wakes who sleeps for it. */
  readonly post: Await;
}

const load = [0x20, 0, 0xfe, 0x10, 2, 0];
const bodies = [
  // loop: if (local 2 = load) = value, return; memory.atomic.wait32(address, local 2, for ever); once more
  [1, 1, 0x7f, 0x03, 0x40, ...load, 0x22, 2, 0x20, 1, 0x46, 0x04, 0x40, 0x0f, 0x0b],
  // loop: once more while load ≠ value
  [0, 0x03, 0x40, ...load, 0x20, 1, 0x47, 0x0d, 0, 0x0b, 0x0b],
  // store; memory.atomic.notify(address, 1)
  [0, 0x20, 0, 0x20, 1, 0xfe, 0x17, 2, 0, 0x20, 0, 0x41, 1, 0xfe, 0, 2, 0, 0x1a, 0x0b],
];
bodies[0]!.push(0x20, 0, 0x20, 2, 0x42, 0x7f, 0xfe, 0x01, 2, 0, 0x1a, 0x0c, 0, 0x0b, 0x0b);

/** How two threads wait for one another in Wasm: a module that imports their shared memory. */
export const handshakeModule = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, vector([[0x60, 2, 0x7f, 0x7f, 0]])),
  ...section(2, vector([[...text('env'), ...text('memory'), 2, 3, 1, 1]])),
  ...section(3, vector(bodies.map(() => [0]))),
  ...section(7, vector(['sleepUntil', 'spinUntil', 'post'].map((name, i) => [...text(name), 0, i]))),
  ...section(10, vector(bodies.map((body) => [body.length, ...body]))),
]);

export async function handshake(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Handshake> {
  return (await WebAssembly.instantiate(module, { env: { memory } })).exports as unknown as Handshake;
}

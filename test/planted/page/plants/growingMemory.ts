import { type CreatePlant, clocked, inTheMiddle } from '../plant.js';

/** Of a 32-bit memory; no run grows by so many. */
const MAXIMUM_PAGES = 65_536;
/** Each of a page, from JavaScript, as Emscripten’s allocator grows a heap. */
const GROWTHS_PER_MS = 80;

/**
 * A Wasm memory that grows, page by page. A shared one, for V8 counts the pages of others as its own heap’s and collects garbage
 * because of them, which would be a second cause.
 */
export const growingMemory: CreatePlant = async (base) => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES, shared: true });
  return inTheMiddle(base, (amountMs) =>
    clocked(() => {
      for (let growth = 0; growth < amountMs * GROWTHS_PER_MS; growth++) memory.grow(1);
    }),
  );
};

import { type CreatePlant, clocked, inTheMiddle } from '../plant.js';

/** Of a 32-bit memory. */
const MAXIMUM_PAGES = 65_536;
/** Each of a page, from JavaScript, as Emscripten’s allocator grows a heap. */
const GROWTHS_PER_MS = 250;

/**
 * A Wasm memory that grows, page by page. A shared one, for V8 counts the pages of others as its own heap’s and collects garbage
 * because of them, which would be a second cause.
 */
export const growingMemory: CreatePlant = async (base) => {
  const create = () => new WebAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES, shared: true });
  let memory = create();
  let pages = 1;
  return inTheMiddle(base, (amountMs) => {
    const growths = Math.ceil(amountMs * GROWTHS_PER_MS);
    if (pages + growths > MAXIMUM_PAGES) [memory, pages] = [create(), 1];
    pages += growths;
    return clocked(() => {
      for (let growth = 0; growth < growths; growth++) memory.grow(1);
    });
  });
};

import { type CreatePlant, clocked, inTheMiddle } from '../plant.js';

/** Objects that stay, so that a collection takes milliseconds. */
const KEPT = 60_000;

/** Full collections, forced until they took long enough. The browser must run with --expose-gc. */
export const garbage: CreatePlant = async (base) => {
  const { gc } = globalThis as unknown as { gc: () => void };
  const kept = Array.from({ length: KEPT }, (_, i) => ({ i }));
  return inTheMiddle(base, (amountMs) => {
    let ms = 0;
    while (ms < amountMs) ms += clocked(() => gc());
    return kept.length > 0 ? ms : 0;
  });
};

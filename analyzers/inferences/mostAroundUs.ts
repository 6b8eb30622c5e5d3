/** Around Wasm, so many times as long belongs to the inference at most: its inputs are made in that task, and its outputs used. */
const AROUND = 3;

/**
 * How much of a task belongs to an inference beside what was seen of it, µs.
 * @param edgeUs how well its edges are known
 */
export const mostAroundUs = (startUs: number, endUs: number, edgeUs: number): number => AROUND * (endUs - startUs) + 4 * edgeUs;

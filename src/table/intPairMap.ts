import { hashKey } from './hashKey.js';
import type { MemoryBudget } from './memoryBudget.js';

/** Of a slot: two keys and a value. */
const SLOT_BYTES = 12;

/**
 * A map from two unsigned 32-bit integers to a row number ≥ 0: open addressing over typed arrays, nothing allocated per entry. Where a
 * pair goes depends on numbers drawn for each map, so that no input can choose pairs that all go to one place.
 */
export class IntPairMap {
  #size = 0;
  #mask = 63;
  #first = new Uint32Array(64);
  #second = new Uint32Array(64);
  #value = new Int32Array(64).fill(-1);

  readonly #budget: MemoryBudget;

  readonly #seed: number;
  readonly #multiplier: number;

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
    [this.#seed, this.#multiplier] = hashKey();
  }

  get size(): number {
    return this.#size;
  }

  /** The value, or -1. */
  get(first: number, second: number): number {
    return this.#value[this.#slot(first, second)]!;
  }

  set(first: number, second: number, value: number): void {
    const slot = this.#slot(first, second);
    if (this.#value[slot] === -1) {
      this.#size++;
      this.#first[slot] = first;
      this.#second[slot] = second;
    }
    this.#value[slot] = value;
    if (this.#size * 2 > this.#mask) this.#grow();
  }

  /** The slot of the pair, or the free one where it belongs. */
  #slot(first: number, second: number): number {
    let hash = Math.imul(first ^ this.#seed, this.#multiplier);
    hash = Math.imul(hash ^ (hash >>> 15) ^ second, this.#multiplier);
    hash ^= hash >>> 15;
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      if (this.#value[slot] === -1 || (this.#first[slot] === first && this.#second[slot] === second)) return slot;
    }
  }

  #grow(): void {
    const first = this.#first;
    const second = this.#second;
    const value = this.#value;
    const slots = value.length * 2;
    this.#budget.take(value.length * SLOT_BYTES);
    this.#mask = slots - 1;
    this.#first = new Uint32Array(slots);
    this.#second = new Uint32Array(slots);
    this.#value = new Int32Array(slots).fill(-1);
    for (let old = 0; old < value.length; old++) {
      if (value[old] === -1) continue;
      const slot = this.#slot(first[old]!, second[old]!);
      this.#first[slot] = first[old]!;
      this.#second[slot] = second[old]!;
      this.#value[slot] = value[old]!;
    }
  }
}

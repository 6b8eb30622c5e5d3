/**
 * The memory that tables which grow together may take. What is not touched yet counts too: memory is taken when a table grows, so
 * the limit is met before it is exceeded.
 */
export class MemoryBudget {
  #takenBytes = 0;
  readonly #limitBytes: number;
  readonly #exceeded: () => never;

  /** @param exceeded throws the error for who reads */
  constructor(limitBytes: number, exceeded: () => never) {
    this.#limitBytes = limitBytes;
    this.#exceeded = exceeded;
  }

  /** To be called before the memory is allocated. */
  take(bytes: number): void {
    this.#takenBytes += bytes;
    if (this.#takenBytes > this.#limitBytes) this.#exceeded();
  }
}

/** For tables whose size is bounded by something else. */
export const anyMemory = new MemoryBudget(Number.POSITIVE_INFINITY, () => {
  throw new RangeError('no memory is left');
});

/** Tells the calls that the hook itself makes from those of the page. */
export class Own {
  #depth = 0;

  get isCalling(): boolean {
    return this.#depth > 0;
  }

  /** Runs an action whose calls are none of the page's. */
  aside<T>(action: () => T): T {
    this.#depth++;
    try {
      return action();
    } finally {
      this.#depth--;
    }
  }
}

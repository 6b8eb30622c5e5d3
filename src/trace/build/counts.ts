/** What the reader counts while it reads; see TraceReading for what each means. */
export class Counts {
  events = 0;
  invalid = 0;
  unmatchedEnds = 0;
  unclosedBegins = 0;
  outOfOrder = 0;
  overlapping = 0;
  startUs = Number.POSITIVE_INFINITY;
  endUs = Number.NEGATIVE_INFINITY;
  legacySamples = 0;
  readonly #ignoredPhases = new Uint32Array(256);

  ignore(phase: number): void {
    this.#ignoredPhases[phase]!++;
  }

  get ignored(): Record<string, number> {
    const ignored: Record<string, number> = {};
    this.#ignoredPhases.forEach((count, phase) => {
      if (count > 0) ignored[String.fromCharCode(phase)] = count;
    });
    if (this.legacySamples > 0) ignored['stackFrames samples'] = this.legacySamples;
    return ignored;
  }
}

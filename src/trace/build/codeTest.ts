/** A test of strings by their codes, made once per string. */
export class CodeTest {
  readonly #strings: readonly string[];
  readonly #test: (text: string) => boolean;
  readonly #known: boolean[] = [];

  constructor(strings: readonly string[], test: (text: string) => boolean) {
    this.#strings = strings;
    this.#test = test;
  }

  of(code: number): boolean {
    this.#known[code] ??= this.#test(this.#strings[code]!);
    return this.#known[code];
  }
}

/** A column of names: a code per row, and the text of each code. */
interface Names {
  readonly codes: ArrayLike<number>;
  readonly strings: readonly string[];
}

/** What the name of a row means, each name asked for once: there are few of them in very many rows. */
export function byName<T>({ codes, strings }: Names, meaning: (name: string) => T): (row: number) => T {
  const known = new Map<number, T>();
  return (row) => {
    const code = codes[row]!;
    if (!known.has(code)) known.set(code, meaning(strings[code]!));
    return known.get(code)!;
  };
}

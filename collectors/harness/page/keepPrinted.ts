/** Keeps what is printed with `console.log` from now on instead of showing it; the list grows as it comes. */
export function keepPrinted(): readonly string[] {
  const lines: string[] = [];
  console.log = (...words: unknown[]) => {
    lines.push(words.join(' '));
  };
  return lines;
}

/** A text with its numbers left out: `ThreadPoolForegroundWorker/3` is `ThreadPoolForegroundWorker/#`. */
export const shapeOf = (text: string): string => text.replace(/\d+(?:\.\d+)*/g, '#');

/** The entries of a list that is written as text, separated by white space. */
export const words = (list: string): string[] => list.split(/\s+/).filter((word) => word !== '');

/** The entries of a list that is written as text, one a line. */
export const lines = (list: string): string[] =>
  list
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A test of texts by a list, in which `#` stands for any number. Longer ones are no words of anybody's vocabulary. */
export function vocabulary(entries: Iterable<string>): (text: string) => boolean {
  const known = new Set(entries);
  return (text) => text.length <= MOST_CHARACTERS && (known.has(text) || known.has(shapeOf(text)));
}

const MOST_CHARACTERS = 400;

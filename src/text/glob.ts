/**
 * A test of names by a pattern in which `*` stands for any text, also none, and everything else for itself. Not a regular expression,
 * so no pattern can make it slow: each part is searched for once, from where the one before it was found.
 */
export function glob(pattern: string): (name: string) => boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => {
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const part of others) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}

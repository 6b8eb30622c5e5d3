import type { Dictionary } from '../src/table/schema.js';

/** The series that names belong to: those that differ in their numbers only are one (step-1, step-2, … are step-*). Each is worked out once. */
export function series(names: Dictionary): (row: number) => string {
  const known = new Map<number, string>();
  return (row) => {
    const code = names.codes[row]!;
    let name = known.get(code);
    if (name === undefined) {
      name = names.strings[code]!.replace(/\d+/g, '*');
      known.set(code, name);
    }
    return name;
  };
}

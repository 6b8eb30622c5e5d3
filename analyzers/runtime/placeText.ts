import { formatName } from '../../src/view/format.js';

/** Where a function of a script begins, as far as it is known: "https://shop.example/app.js:12:4". A long address is cut, the place is not. */
export function placeText(at: { readonly script: string; readonly line: number | null; readonly column: number | null }): string {
  const place = [at.line, at.column].filter((part) => part !== null).map((part) => `:${part}`);
  return `${formatName(at.script, 140)}${place.join('')}`;
}

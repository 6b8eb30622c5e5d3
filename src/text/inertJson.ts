import { INVISIBLE } from './inertText.js';

/**
 * A value as indented JSON that is safe to print: what a terminal would obey, such as control characters and bidirectional overrides, is
 * written as \uXXXX. It stands in strings only, so what the JSON means stays the same.
 */
export function inertJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(INVISIBLE, (character) => (character === '\n' ? character : escaped(character)));
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
    '',
  );
}

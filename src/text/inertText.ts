/** Longest text shown of one name, in characters. */
export const NAME_LIMIT = 120;

/** What has an effect and no picture. */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f|[\u{e0100}-\u{e01ef}]/gu;

/**
 * Text from a trace, a bundle or a page made safe to print: terminal escape sequences, control characters, bidirectional
 * overrides and everything else that has an effect and no picture become a visible escape like \x1b or \u202e, white space
 * becomes one space, piled-up combining marks are cut to three, and what is too long ends in "…".
 *
 * It does not escape HTML; `html` does.
 */
export function inertText(text: unknown, limit = NAME_LIMIT): string {
  // A name may be megabytes long: look only at what can be shown.
  const source = String(text ?? '').slice(0, limit * 4 + 64);
  const inert = source
    .replace(/[\t\n\r\v\f ]+/g, ' ')
    .replace(INVISIBLE, escaped)
    .replace(/(\p{M}{3})\p{M}+/gu, '$1');
  const characters = Array.from(inert);
  if (characters.length <= limit && String(text ?? '').length === source.length) return inert;
  return `${characters.slice(0, Math.max(0, limit - 1)).join('')}…`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

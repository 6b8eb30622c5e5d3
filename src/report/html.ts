import { inertText } from '../text/inertText.js';

/** Maximum length of one interpolated value; names are cut shorter where they are shown. */
const TEXT_LIMIT = 2000;

/** Markup that is safe in a page; only `html` and `trusted` make it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type HtmlValue = Html | string | number | null | false | readonly HtmlValue[];

/**
 * Writes HTML. Interpolated text is made inert and escaped; only `Html` is inserted unchanged. Arrays are joined; null and false
 * are left out. Attributes must have quotes around the interpolation.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = strings[0]!;
  for (const [i, value] of values.entries()) markup += markupOf(value) + strings[i + 1]!;
  return new Html(markup);
}

/**
 * A sentence without line breaks between a number and its unit, or inside an interval or the name that V8 gives a Wasm function. Not for text that is to be copied, like a
 * command.
 */
export function prose(sentence: string): Html {
  return new Html(
    markupOf(sentence)
      .replace(/([\d∞]) (ms|s|%|B|kB|MB|GB|TB)(?!\w)/g, '$1\u00a0$2')
      .replace(/wasm-function\[\d+\]/g, '<span class="nowrap">$&</span>')
      .replace(/[\d.,]+–[\d.,]*\d/g, '<span class="nowrap">$&</span>')
      .replace(/\bn = /g, 'n\u00a0=\u00a0'),
  );
}

/** Markup of our own that needs no escaping. Never pass it text from a trace, a bundle or a page. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

/** A JSON value for a `<script type="application/json">` element. Its text cannot end the element or a script line. */
export function jsonForScript(value: unknown): Html {
  const json = JSON.stringify(value);
  return new Html(json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function markupOf(value: HtmlValue): string {
  if (value === null || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (Array.isArray(value)) return value.map(markupOf).join('');
  return inertText(value, TEXT_LIMIT).replace(/[&<>"'`]/g, (c) => ENTITIES[c]!);
}

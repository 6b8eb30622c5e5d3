import { causePaint } from '../../../analyzers/partition/causes/index.js';
import { inertText } from '../../text/inertText.js';
import { swatchClass } from '../../view/palette.js';
import { type Html, html } from '../html.js';

/** A name from outside, cut to a readable length and kept from reordering the text around it. */
export function name(text: string, limit?: number): Html {
  return html`<bdi>${inertText(text, limit)}</bdi>`;
}

/** The same where it is an identifier: fixed-width. */
export function code(text: string, limit?: number): Html {
  return html`<code>${inertText(text, limit)}</code>`;
}

/** A square in the colour of a cause, beside its name in words. */
export function swatch(causeId: string): Html {
  return fillSwatch(causePaint(causeId).fill);
}

export function fillSwatch(fill: string): Html {
  return html`<span class="swatch ${swatchClass(fill)}" aria-hidden="true"></span>`;
}

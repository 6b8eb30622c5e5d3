import { causePaint } from '../../../analyzers/partition/causes/index.js';
import { inertText } from '../../text/inertText.js';
import { swatchClass } from '../../view/palette.js';
import { type Html, html } from '../html.js';

/** A name from outside, cut to a readable length. It cannot reorder the text around it (bidirectional isolation). */
export function name(text: string, limit?: number): Html {
  return html`<bdi>${inertText(text, limit)}</bdi>`;
}

/** The same for an identifier, in a fixed-width font. */
export function code(text: string, limit?: number): Html {
  return html`<code>${inertText(text, limit)}</code>`;
}

/** A square in the colour of a cause, shown next to its name. */
export function swatch(causeId: string): Html {
  return fillSwatch(causePaint(causeId).fill);
}

export function fillSwatch(fill: string): Html {
  return html`<span class="swatch ${swatchClass(fill)}" aria-hidden="true"></span>`;
}

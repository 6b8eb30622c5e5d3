import { causePaint } from '../../../analyzers/partition/causes/index.js';
import { swatchClass } from '../../view/palette.js';
import { type Html, html } from '../html.js';

/** A square in the colour of a cause, shown next to its name. */
export function swatch(causeId: string): Html {
  return fillSwatch(causePaint(causeId).fill);
}

export function fillSwatch(fill: string): Html {
  return html`<span class="swatch ${swatchClass(fill)}" aria-hidden="true"></span>`;
}

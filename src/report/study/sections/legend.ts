import { type Html, html } from '../../html.js';
import { fillSwatch } from '../../sections/names.js';

/** What the colours of a chart stand for. */
export function legend(items: readonly { readonly name: string; readonly fill: string }[]): Html {
  return html`<ul class="legend">${items.map(({ name, fill }) => html`<li>${fillSwatch(fill)}${name}</li>`)}</ul>`;
}

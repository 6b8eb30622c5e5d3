import type { CallSite } from '../../../analyzers/analysis.js';
import { inertText } from '../../text/inertText.js';
import { siteText } from '../gpuWords.js';
import { type Html, html } from '../html.js';

/** Function, file, line and column of a call; the whole stack unfolds below it. */
export function callSiteCell(site: CallSite | null): Html {
  if (!site) return html`<span class="more">not written down</span>`;
  const frames = site.stack.map((frame) => html`<li><code>${inertText(frame, 240)}</code></li>`);
  if (frames.length === 0) return html`<code>${siteText(site)}</code>`;
  return html`<details><summary><code>${siteText(site)}</code></summary><ol class="stack">${frames}</ol></details>`;
}

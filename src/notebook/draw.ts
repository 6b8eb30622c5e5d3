import { causeOf, causePaint } from '../../analyzers/partition/causes/index.js';
import { inertText } from '../text/inertText.js';
import type { Figure } from '../view/block.js';
import type { Chart } from '../view/chart.js';
import { inertData } from '../view/inertData.js';

export interface DrawOptions {
  /** Width, pixels. By default that of the notebook; with the reactive `width` of a notebook it follows the window. */
  readonly width?: number;
  /** A sentence below it. */
  readonly caption?: string | null;
  /** What its colours mean; `causeLegend` makes one of causes. */
  readonly legend?: Figure['legend'];
}

const NARROWEST = 200;
const DEFAULT_WIDTH = 640;

/**
 * Draws a chart of the report: `display(await draw(memoryChart(run.memory), { width }))`. It loads nothing, takes the colours of the
 * text around it, and so is light or dark as the notebook is. A spec of your own is drawn, too: `{ spec, alt }`.
 */
export async function draw(chart: Chart, { width, caption = null, legend = [] }: DrawOptions = {}): Promise<HTMLElement> {
  // Whoever draws nothing need not have Vega.
  const { chartView } = await import('../report/client/chartView.js');
  addStyle();
  const figure = document.createElement('figure');
  figure.className = 'inferscope-chart';
  const place = document.createElement('div');
  place.setAttribute('role', 'img');
  place.setAttribute('aria-label', inertText(chart.alt, 600));
  figure.append(place);
  if (legend.length > 0) figure.append(legendList(legend));
  if (caption !== null) figure.append(withText('figcaption', caption));
  await chartView(inertData(chart.spec), place, Math.max(NARROWEST, Math.floor(width ?? notebookWidth())));
  return figure;
}

/** The legend of some causes, by their ids: `causeLegend(byCause(window).map((cause) => cause.id))`. */
export function causeLegend(causes: readonly string[]): Figure['legend'] {
  return [...new Set(causes)].map((id) => ({ fill: causePaint(id).fill, text: inertText(causeOf(id)?.title ?? id, 60) }));
}

/** A new element is not in the page yet, and has no width of its own. */
function notebookWidth(): number {
  const main = document.querySelector('main');
  if (!main) return DEFAULT_WIDTH;
  const { paddingLeft, paddingRight } = getComputedStyle(main);
  return main.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}

function legendList(legend: Figure['legend']): HTMLElement {
  const list = document.createElement('ul');
  for (const { fill, text } of legend) {
    const item = withText('li', text);
    const swatch = document.createElement('span');
    swatch.style.background = fill;
    item.prepend(swatch);
    list.append(item);
  }
  return list;
}

function withText(tag: 'li' | 'figcaption', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = inertText(text, 600);
  return element;
}

/** Charts name the colour behind them `--paper`; what is under the pointer stands in a box of its own, which no notebook styles. */
const STYLE = `
.inferscope-chart,#tooltip{--paper:var(--theme-background,Canvas);--ink:var(--theme-foreground,CanvasText)}
.inferscope-chart{margin:1rem 0;max-width:none}
.inferscope-chart svg{display:block;max-width:100%;height:auto;overflow:visible}
.inferscope-chart figcaption,.inferscope-chart ul{margin:.4rem 0 0;padding:0;font-size:.875rem;line-height:1.5;max-width:none}
.inferscope-chart ul{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;list-style:none}
.inferscope-chart li{margin:0}
.inferscope-chart li span{display:inline-block;width:.75em;height:.75em;margin-right:.45em;border-radius:2px;vertical-align:-.02em}
#tooltip{position:fixed;z-index:9;display:grid;grid-template-columns:auto minmax(0,1fr);gap:.1rem .75rem;max-width:min(24rem,calc(100vw - 16px));margin:0;padding:.5rem .7rem;background:var(--paper);color:var(--ink);border:1px solid currentColor;border-radius:6px;font:.8125rem/1.4 system-ui,sans-serif;pointer-events:none}
#tooltip[hidden]{display:none}
#tooltip dt{opacity:.7;margin:0;font-weight:400}
#tooltip dd{margin:0;font-variant-numeric:tabular-nums}
`;

const STYLE_ID = 'inferscope-style';

function addStyle(): void {
  if (document.getElementById(STYLE_ID)) return;
  const style = document.createElement('style');
  style.id = STYLE_ID;
  style.textContent = STYLE;
  document.head.append(style);
}

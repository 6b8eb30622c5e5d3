import type { Chart } from './charts/chart.js';
import { html, trusted } from './html.js';
import type { PageContext } from './sections/section.js';

/** What sections put figures and subheadings into a page with: every chart is kept, and drawn into its place by the client. */
export interface Figures {
  readonly charts: readonly Chart[];
  /** @param level of the subheadings, 2 to 4 */
  context(level: number): PageContext;
}

/** Of one page. */
export function figures(): Figures {
  const charts: Chart[] = [];
  return {
    charts,
    context: (level) => ({
      subheading: (text) => html`<${trusted(`h${level}`)}>${text}</${trusted(`h${level}`)}>`,
      figure(chart, caption) {
        charts.push(chart);
        return html`<figure><div class="chart" data-chart="${String(charts.length - 1)}" role="img" aria-label="${chart.alt}"></div>
<figcaption>${caption}</figcaption></figure>
`;
      },
    }),
  };
}

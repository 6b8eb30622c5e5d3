import type { Analysis } from '../../../analyzers/index.js';
import type { Flame } from '../../view/block.js';
import type { Chart } from '../../view/chart.js';
import type { Html } from '../html.js';

/** One part of the page. Null if the analysis has nothing for it. */
export interface Section {
  /** Anchor of the heading; never from data. */
  readonly id: string;
  readonly title: string;
  render(analysis: Analysis, page: PageContext): Html | null;
}

export interface PageContext {
  /** Puts a chart into the page; the client draws it there. */
  figure(chart: Chart, caption: Html): Html;
  /** Puts a flame chart into the page; the client draws it when it is first seen. */
  flame(flame: Flame): Html;
  /** A heading one level below that of the section. */
  subheading(title: string): Html;
}

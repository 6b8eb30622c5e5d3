import type { TopLevelSpec } from 'vega-lite';

/**
 * A chart of the page. The client adds width, font and colours of text and lines, so a spec says only what is particular to it.
 * Rules for specs: data stands in `data.values` and nowhere else, in fields named by us, so that no expression holds any of it;
 * rows are ordered by a number field; colours come as a field of palette colours; no `href`, no `url`.
 */
export interface Chart {
  readonly spec: TopLevelSpec;
  /** One sentence for those who cannot see it: what it shows and its main number. */
  readonly alt: string;
}

/** A colour as it stands in the data. */
export const LITERAL_COLOUR = { type: 'nominal', scale: null, legend: null } as const;

/** Colour of the page behind a chart, light or dark, as the style sheet sets it. */
export const PAPER = 'var(--paper)';

/**
 * A chart of the page. The client adds width, font, and colours of text and lines, so a spec contains only what is particular to
 * it. Rules for specs:
 *
 * - Data is in `data.values` only, in fields that this code names, so that no expression contains data.
 * - Rows are ordered by a number field.
 * - Colours are a field with colours of the palette.
 * - No `href`, no `url`.
 */
export interface Chart {
  /** A specification of Vega-Lite. Whoever uses the library does not need its types, so they end where a chart is made and drawn. */
  readonly spec: object;
  /** One sentence for readers who cannot see it: what it shows and its main number. */
  readonly alt: string;
}

/** Encoding of a colour that the data contains literally. */
export const LITERAL_COLOUR = { type: 'nominal', scale: null, legend: null } as const;

/** Colour of the page behind a chart, light or dark, as the style sheet sets it. */
export const PAPER = 'var(--paper)';

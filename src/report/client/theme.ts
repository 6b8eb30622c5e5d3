import type { Config } from 'vega-lite';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * Properties shared by all charts. Text and lines take the colour of the page's text, so light, dark and print need no second
 * drawing.
 * @param width of the chart's place; names of rows get at most two fifths of it
 */
export function theme(width: number): Config {
  return {
    font: FONT,
    padding: { left: 0, right: 6, top: 4, bottom: 6 },
    view: { stroke: null },
    axis: {
      labelColor: 'currentColor',
      titleColor: 'currentColor',
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      titleOpacity: 0.75,
      labelOpacity: 0.85,
      gridColor: 'currentColor',
      gridOpacity: 0.14,
      domain: false,
      ticks: false,
      labelPadding: 6,
      grid: false,
    },
    axisY: { labelLimit: Math.round(Math.min(240, width * 0.42)), labelFontSize: 12, labelOpacity: 1 },
    rule: { strokeCap: 'round' },
    text: { font: FONT },
  };
}

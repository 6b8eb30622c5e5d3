import type { View } from 'vega';
import { chartView } from './chartView.js';

/** Draws every chart of the page into its place, and redraws it when the width changes. */
export async function drawAll(page: Document): Promise<void> {
  const specs = JSON.parse(page.getElementById('charts')?.textContent ?? '[]') as readonly object[];
  const places = [...page.querySelectorAll<HTMLElement>('[data-chart]')];
  const drawn = new Map<HTMLElement, { view: View; width: number }>();
  const draw = async (place: HTMLElement) => {
    const width = Math.floor(place.clientWidth);
    const before = drawn.get(place);
    if (width === 0 || before?.width === width) return;
    before?.view.finalize();
    drawn.set(place, { view: await chartView(specs[Number(place.dataset.chart)]!, place, width), width });
  };
  await Promise.all(places.map(draw));
  page.documentElement.dataset.charts = 'drawn';
  const resized = new ResizeObserver((entries) => {
    for (const entry of entries) void draw(entry.target as HTMLElement);
  });
  for (const place of places) resized.observe(place);
}

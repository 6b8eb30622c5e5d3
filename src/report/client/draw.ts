import { Error as ErrorLevel, type Loader, logger, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { theme } from './theme.js';
import { tooltip } from './tooltip.js';

/** Rejects every load: all data is in the specs. */
const NO_LOADER: Loader = {
  load: () => Promise.reject(new Error('a report loads nothing')),
  sanitize: () => Promise.reject(new Error('a report links nowhere')),
  http: () => Promise.reject(new Error('a report loads nothing')),
  file: () => Promise.reject(new Error('a report loads nothing')),
};

/** Draws every chart of the page into its place, and redraws it when the width changes. */
export async function drawAll(page: Document): Promise<void> {
  const specs = JSON.parse(page.getElementById('charts')?.textContent ?? '[]') as readonly TopLevelSpec[];
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

async function chartView(spec: TopLevelSpec, place: HTMLElement, width: number): Promise<View> {
  const sized = { ...spec, width, autosize: { type: 'fit-x', contains: 'padding' }, background: 'transparent' } as TopLevelSpec;
  const vega = compile(sized, { config: theme(width), logger: logger(ErrorLevel) }).spec;
  // Expressions are interpreted as syntax trees, so the page needs no eval.
  const view = new View(parse(vega, undefined, { ast: true }), {
    expr: expressionInterpreter,
    loader: NO_LOADER,
    renderer: 'svg',
    tooltip,
    hover: false,
  });
  // Vega labels the element that it draws into; the place keeps the label from the page.
  const canvas = place.ownerDocument.createElement('div');
  place.replaceChildren(canvas);
  await view.initialize(canvas).runAsync();
  return view;
}

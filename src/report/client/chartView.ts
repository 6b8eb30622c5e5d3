import { Error as ErrorLevel, type Loader, logger, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { theme } from './theme.js';
import { tooltip } from './tooltip.js';

/** Rejects every load: all data is in the specs. */
const NO_LOADER: Loader = {
  load: () => Promise.reject(new Error('a chart loads nothing')),
  sanitize: () => Promise.reject(new Error('a chart links nowhere')),
  http: () => Promise.reject(new Error('a chart loads nothing')),
  file: () => Promise.reject(new Error('a chart loads nothing')),
};

/** Draws a chart into a place of a page, in place of what stood there. */
export async function chartView(spec: object, place: HTMLElement, width: number): Promise<View> {
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

import { inertText } from '../text/inertText.js';
import type { Chart } from './chart.js';

/** Maximum length of a text in a chart's data. */
const DATA_LIMIT = 300;

/** A chart's spec with inert texts in its data: they may be names from outside. */
export function inertData(spec: Chart['spec']): Chart['spec'] {
  const inert = (value: unknown, isData: boolean): unknown => {
    if (typeof value === 'string') return isData ? inertText(value, DATA_LIMIT) : value;
    if (Array.isArray(value)) return value.map((each) => inert(each, isData));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inert(each, isData || key === 'data')]));
  };
  return inert(spec, false) as Chart['spec'];
}

import type { TopLevelSpec } from 'vega-lite';
import { conditionTitle } from '../../src/bundle/qoeConditions.js';
import { type Chart, LITERAL_COLOUR } from '../../src/view/chart.js';
import { fillOf } from '../../src/view/palette.js';
import type { Strip } from './qoe.js';
import { verdictTitles } from './words.js';

/** Each vsync as a stripe coloured by its verdict, with the inferences as bars over it; two seconds of each condition. */
export function stripsChart(strips: readonly Strip[]): Chart {
  const vsyncs = strips.flatMap(({ condition, vsyncs: own }, place) =>
    own.map(({ atMs, verdict }, i) => ({
      of: conditionTitle(condition),
      place,
      from: atMs,
      to: own[i + 1]?.atMs ?? atMs + 16,
      what: verdictTitles[verdict],
      fill: fillOf('vsync', verdict),
    })),
  );
  const inferences = strips.flatMap(({ condition, inferences: own }, place) =>
    own.map(({ startMs, endMs }) => ({
      of: conditionTitle(condition),
      place,
      from: startMs,
      to: endMs,
      what: 'An inference',
      fill: fillOf('vsync', 'inference'),
    })),
  );
  const y = { field: 'of', type: 'nominal', sort: { field: 'place' }, axis: { title: null } } as const;
  const x = { field: 'from', type: 'quantitative', axis: { title: 'ms', tickCount: 8 } } as const;
  const tooltip = [
    { field: 'of', title: 'Of' },
    { field: 'what', title: 'What' },
  ];
  const spec: TopLevelSpec = {
    height: { step: 46 },
    encoding: { color: { field: 'fill', ...LITERAL_COLOUR } },
    layer: [
      { data: { values: vsyncs }, mark: { type: 'bar', size: 18, yOffset: 6 }, encoding: { y, x, x2: { field: 'to' }, tooltip } },
      {
        data: { values: inferences },
        mark: { type: 'bar', size: 7, yOffset: -10 },
        encoding: { y, x, x2: { field: 'to' }, tooltip },
      },
    ],
  };
  const smooth = strips.map(({ condition, vsyncs: own }) => {
    const onTime = own.filter(({ verdict }) => verdict === 'onTime').length;
    return `${conditionTitle(condition)}: ${onTime} of ${own.length} smooth`;
  });
  return { spec, alt: `Two seconds of vsyncs of each condition, with the inferences over them. ${smooth.join('; ')}.` };
}

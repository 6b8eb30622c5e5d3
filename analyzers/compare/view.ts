import type { Limit } from '../../src/bundle/compare.js';
import type { ChangeVerdict } from '../../src/stats/changeVerdict.js';
import type { Interval } from '../../src/stats/interval.js';
import {
  type Block,
  type Column,
  figure,
  heading,
  type Line,
  line,
  paragraph,
  remark,
  sentence,
  table,
} from '../../src/view/block.js';
import {
  formatBytes,
  formatChange,
  formatInterval,
  formatMs,
  formatName,
  formatPlural,
  formatRatio,
  formatShare,
} from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { signedMs } from '../comparison/view.js';
import { causePaint, causes as known } from '../partition/causes/index.js';
import type { CauseChange, NamedChange, TimeChange } from './changes.js';
import type { ComparedFigure } from './figures.js';
import type { CompareAnalysis } from './index.js';
import { roundsChart } from './roundsChart.js';

/** How two things that ran in turn are shown. */
export const compareView: View<CompareAnalysis> = {
  id: 'comparison',
  title: 'Comparison',
  words: {
    Change: 'b against a: the mean over rounds of the ratio of the two processes of a round, with Student’s 95 % interval.',
    Clear: 'Told from no difference at all with Holm’s correction for all that are in the table.',
  },
  blocks: (analysis) => [...figureBlocks(analysis), ...causeBlocks(analysis), ...settingBlocks(analysis)],
  brief: (analysis) => [
    ...(analysis.recorded === 'apart' ? [sentence('Recorded apart.')] : []),
    ...analysis.figures
      .filter(({ limit, id }) => limit !== null || id === 'prediction' || id === 'overNative')
      .map((one) => figureLine(one)),
    ...explainedLines(analysis),
    ...analysis.notes.filter(({ level }) => level !== 'info').map(({ text }): Line => ({ ...sentence(text), tone: 'doubt' })),
  ],
};

/** The answer in sentences with numbers: what changed, beside which limit, and by which causes. Names are untrusted text. */
export function compareSentences(analysis: CompareAnalysis): string[] {
  const { figures, sides, rounds, explained, recorded } = analysis;
  const names = { a: formatName(sides.a.name), b: formatName(sides.b.name) };
  if (rounds === 0 && recorded === 'in turn')
    return [`Nothing is known of ${names.a} and ${names.b} yet: no round was recorded whole.`];
  const prediction = figures.find(({ id }) => id === 'prediction');
  return [
    ...(prediction ? [`${changeText(prediction, names)}: ${amounts(prediction)}, ${changeAmount(prediction)}.`] : []),
    ...figures.flatMap((one) => (one.limit ? [limitSentence(one)] : [])),
    ...(explained === null ? [] : [explainedSentence(analysis)]),
  ];
}

function changeText({ ratioCi95, differenceCi95 }: ComparedFigure, { a, b }: { readonly a: string; readonly b: string }): string {
  const [low, high] = ratioCi95?.map(Math.log) ?? differenceCi95;
  if (low! > 0) return `${b} takes longer than ${a}`;
  if (high! < 0) return `${b} takes less than ${a}`;
  return `${b} and ${a} cannot be told apart`;
}

const VERDICTS: Readonly<Record<ChangeVerdict, string>> = {
  slower: 'exceeded',
  same: 'kept',
  faster: 'kept: less than before',
  inconclusive: 'undecided',
};

function limitSentence(one: ComparedFigure): string {
  const limit = limitText(one.limit!);
  const { title, verdict, roundsToTell, rounds } = one;
  if (verdict === 'slower') return `The limit of ${limit} on ${title} is exceeded: the whole interval lies above it.`;
  if (verdict === 'same' || verdict === 'faster')
    return `The limit of ${limit} on ${title} is kept: the whole interval lies below it.`;
  const more = roundsToTell !== null && rounds !== null && roundsToTell > rounds ? roundsToTell - rounds : null;
  return `Whether the limit of ${limit} on ${title} is kept cannot be told${
    more === null ? '' : `: about ${formatPlural(more, 'more round')} would tell, were the change as large as it seems`
  }.`;
}

const limitText = ({ unit, atMost }: Pick<Limit, 'unit' | 'atMost'>): string =>
  unit === 'ratio'
    ? `+${Number((100 * atMost).toPrecision(6))} %`
    : `+${unit === 'bytes' ? formatBytes(atMost) : formatMs(atMost)}`;

type Unit = ComparedFigure['unit'];

const FORMATS: Readonly<Record<Unit, (value: number) => string>> = { ms: formatMs, bytes: formatBytes, ratio: formatRatio };
const valueText = (value: number, unit: Unit): string => FORMATS[unit](value);

const amounts = ({ a, b, unit }: ComparedFigure): string => `${valueText(a, unit)} → ${valueText(b, unit)}`;

/** "+11.1 % (95 % +8.9 to +13.4 %)", or in its unit where a side is zero. */
function changeAmount({ ratio, ratioCi95, difference, differenceCi95, unit }: ComparedFigure): string {
  if (ratio === null || ratioCi95 === null) return `${signed(difference, unit)}${ends(differenceCi95, difference)}`;
  if (!ratioCi95.every(Number.isFinite)) return formatChange(ratio - 1);
  const [low, high] = ratioCi95.map((end) => formatChange(end - 1));
  return `${formatChange(ratio - 1)} (95 % ${low} to ${high})`;
}

const signed = (value: number, unit: Unit): string => `${value > 0 ? '+' : ''}${valueText(value, unit)}`;
const ends = (interval: Interval, around: number): string =>
  interval.every(Number.isFinite) ? ` (95 % ${formatInterval(interval, around)})` : '';

function figureLine(one: ComparedFigure): Line {
  const { limit, verdict, title } = one;
  const judged = limit ? `; limit ${limitText(limit)}: ${VERDICTS[verdict!].toUpperCase()}` : '';
  return line(title, `${amounts(one)}, ${changeAmount(one)}${judged}`);
}

function explainedLines({ explained, causes, window, functions, operators }: CompareAnalysis): Line[] {
  if (!window || explained === null) return [];
  const carrying = causes.filter(({ id }) => explained.causes.includes(id));
  const told = carrying.map((cause) => `${cause.id} ${shareText(cause, window)}`);
  const rest = `rest ${signedMs(explained.restMs)}${explained.isMost ? '' : ', not attributable to a clear cause'}`;
  return [
    line('explained', [...told, rest].join(' · ')),
    ...longestLine('functions', functions),
    ...longestLine('operators', operators),
  ];
}

const TOLD = 3;

function longestLine(label: string, changes: readonly NamedChange[]): Line[] {
  const told = changes.filter(({ isClear }) => isClear).slice(0, TOLD);
  if (told.length === 0) return [];
  return [line(label, told.map(({ name, differenceMs }) => `${formatName(name)} ${signedMs(differenceMs)}`).join(' · '))];
}

const shareText = ({ differenceMs }: CauseChange, { differenceMs: whole }: TimeChange): string =>
  `${signedMs(differenceMs)} (${formatShare(differenceMs / whole)})`;

function explainedSentence({ explained, causes, window }: CompareAnalysis): string {
  const whole = signedMs(window!.differenceMs);
  const carrying = causes.filter(({ id }) => explained!.causes.includes(id));
  if (carrying.length === 0) return `The traced windows differ by ${whole}, and no cause of that is clear of chance.`;
  const told = carrying.map((cause) => `${titleOf(cause.id)} ${shareText(cause, window!)}`).join(', ');
  const rest = explained!.isMost ? '' : `; ${signedMs(explained!.restMs)} of it cannot be attributed to a clear cause`;
  return `Of the ${whole} that the traced windows differ by: ${told}${rest}.`;
}

const titleOf = (id: string): string => (Object.hasOwn(known, id) ? known[id as keyof typeof known].title : id);

function figureBlocks({ figures, changes, rounds, sides, recorded }: CompareAnalysis): Block[] {
  const prediction = figures.find(({ id }) => id === 'prediction');
  return [
    table('What was measured', figureColumns(sides.a.name, sides.b.name), figures),
    ...(prediction && changes.length > 1
      ? [
          figure(
            roundsChart(prediction, changes),
            'Change of the prediction, round by round; the band is the interval of their mean, a dashed line the limit',
          ),
        ]
      : []),
    remark(
      recorded === 'apart'
        ? 'Intervals hold what varied while each was recorded. Prediction over native compares what ran in turn with it, so that what slowed the machine cancels.'
        : `${formatPlural(rounds, 'round')}: in each a fresh process of both ran. Predictions of models took turns in short blocks, and a round has one value, the median over its turns; pages ran one after the other, and their medians are compared. A change is the mean over rounds. Rounds end by their number, by time or by how narrow the interval is, never by what it says.`,
    ),
  ];
}

const figureColumns = (a: string, b: string): Column<ComparedFigure>[] => [
  { id: 'figure', head: 'Figure', kind: 'text', value: ({ title }) => title },
  { id: 'a', head: formatName(a, 24), kind: 'text', value: (one) => valueText(one.a, one.unit) },
  { id: 'b', head: formatName(b, 24), kind: 'text', value: (one) => valueText(one.b, one.unit) },
  { id: 'change', head: 'Change', kind: 'text', value: changeAmount },
  {
    id: 'difference',
    head: 'Difference',
    kind: 'text',
    value: (one) => `${signed(one.difference, one.unit)}${ends(one.differenceCi95, one.difference)}`,
    more: true,
  },
  { id: 'limit', head: 'Limit', kind: 'text', value: ({ limit }) => limit && limitText(limit) },
  {
    id: 'verdict',
    head: 'Verdict',
    kind: 'text',
    value: ({ verdict }) => verdict && VERDICTS[verdict],
    doubt: ({ verdict }) => (verdict === 'slower' ? 'The limit is exceeded' : null),
  },
  { id: 'rounds', head: 'Rounds', kind: 'count', value: ({ rounds }) => rounds, more: true },
];

const SHOWN = 12;

function causeBlocks({ causes, window, functions, operators, sides, source, recorded }: CompareAnalysis): Block[] {
  if (!window) return [];
  const names = [sides.a.name, sides.b.name] as const;
  return [
    heading('What the difference is made of'),
    paragraph(
      `The causes sum to the mean traced window: ${formatMs(window.aMs)} → ${formatMs(window.bMs)}, ${signedMs(window.differenceMs)}${ends(window.differenceCi95Ms, window.differenceMs)}.`,
    ),
    table('Causes', causeColumns(...names), causes),
    ...(functions.length > 0
      ? [
          table('Functions of the clear causes', namedColumns('Function', 'Cause', ...names), functions, SHOWN),
          remark('Self time of all threads in a traced window; more than one thread can make it longer than the window.'),
        ]
      : []),
    ...(operators.length > 0
      ? [
          table('Operators', namedColumns('Operator', 'Type', ...names), operators, SHOWN),
          remark('Of the profiling pass of each process.'),
        ]
      : []),
    ...(recorded === 'in turn'
      ? [
          paragraph(
            `The recordings of the last round are whole bundles: trace analyze ${source.name}/runs/a ${source.name}/runs/b`,
          ),
        ]
      : []),
  ];
}

const timeColumns = <Row extends TimeChange & { readonly isClear: boolean }>(a: string, b: string): Column<Row>[] => [
  { id: 'aMs', head: formatName(a, 24), kind: 'ms', value: ({ aMs }) => aMs },
  { id: 'bMs', head: formatName(b, 24), kind: 'ms', value: ({ bMs }) => bMs },
  {
    id: 'differenceMs',
    head: 'Difference',
    kind: 'ms',
    value: ({ differenceMs }) => differenceMs,
    ci95: ({ differenceCi95Ms }) => differenceCi95Ms,
  },
  { id: 'isClear', head: 'Clear', kind: 'flag', value: ({ isClear }) => isClear },
];

const causeColumns = (a: string, b: string): Column<CauseChange>[] => [
  { id: 'cause', head: 'Cause', kind: 'text', value: ({ id }) => titleOf(id), fill: ({ id }) => causePaint(id).fill },
  { id: 'id', head: 'Id', kind: 'code', value: ({ id }) => id, more: true },
  ...timeColumns<CauseChange>(a, b),
];

const namedColumns = (head: string, of: string, a: string, b: string): Column<NamedChange>[] => [
  { id: 'name', head, kind: 'code', limit: 60, value: ({ name }) => name },
  { id: 'of', head: of, kind: 'text', limit: 40, value: (one) => one.of },
  ...timeColumns<NamedChange>(a, b),
];

function settingBlocks({ changed, sides }: CompareAnalysis): Block[] {
  if (changed.length === 0) return [];
  return [
    table(
      'Settings that differ',
      [
        { id: 'what', head: 'Setting', kind: 'text', value: ({ what }) => what },
        { id: 'a', head: formatName(sides.a.name, 24), kind: 'text', limit: 80, value: ({ a }) => a },
        { id: 'b', head: formatName(sides.b.name, 24), kind: 'text', limit: 80, value: ({ b }) => b },
      ],
      changed,
    ),
  ];
}

import type { BuildRatio } from '../../src/stats/buildRatio.js';
import { type Block, type Column, type Line, line, paragraph, remark, sentence, table } from '../../src/view/block.js';
import { formatCi95, formatMs, formatName, formatPlural, formatRatio, formatShare } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { comparisonBlocks, comparisonLines } from '../comparison/view.js';
import type { BisectAnalysis, BisectAnswer, BuildRow } from './index.js';

/** How a search among builds is shown. */
export const bisectView: View<BisectAnalysis> = {
  id: 'builds',
  title: 'Builds',
  words: {
    'Of the good one': 'A prediction of the build over one of the good build, interleaved in fresh browsers.',
    'Good against itself': 'The good build over itself in other browsers: what no difference can be told from.',
  },
  blocks: (analysis) => [...buildBlocks(analysis), ...grewBlocks(analysis)],
  brief: (analysis) => [
    ...answerSentences(analysis).map(sentence),
    testedLine(analysis),
    ...(analysis.grew ? comparisonLines(analysis.grew) : []),
    ...analysis.notes.filter(({ level }) => level !== 'info').map(({ text }): Line => ({ ...sentence(text), tone: 'doubt' })),
  ],
};

/** What was found, in sentences with numbers. Names of builds are untrusted text. */
export function answerSentences({ plan, answer, builds }: BisectAnalysis): string[] {
  const good = plan.builds[0]!;
  const limit = formatShare(plan.limit);
  const rowOf = (version: string): BuildRow => builds.find((row) => row.version === version)!;
  if (answer.state === 'unfinished')
    return [
      `The search among ${formatPlural(plan.builds.length, 'build')} of ${plan.package} is not finished: ${answer.next} is to be compared next.`,
    ];
  if (answer.state !== 'found') {
    const { measured, reason } = rowOf(answer.version);
    const figures = measured ? `: ${ratioText(measured)}` : '';
    if (answer.state === 'not slower')
      return [`${answer.version} is not slower than ${good} by more than ${limit}${figures}. There is nothing to look for.`];
    if (answer.state === 'undecided')
      return [`Whether ${answer.version} is slower than ${good} by more than ${limit} cannot be told${figures}: ${reason}.`];
    return [`${answer.version} does not run, so nothing can be compared: ${reason}. Give another one by --bad.`];
  }
  const { slow, before, between } = answer;
  const [found, last] = [rowOf(slow), rowOf(before)];
  const lastText = last.measured ? `: ${ratioText(last.measured)}` : ', which is the good one';
  return [
    `${slow} is the first of the tested builds of ${plan.package} that is slower than ${good} by more than ${limit}: ${ratioText(found.measured!)}. ${before} before it is not${lastText}.`,
    ...(between.length > 0
      ? [
          `Between them ${formatPlural(between.length, 'build')} could not be told, so it may be ${between.length === 1 ? 'that one' : 'one of those'}: ${between.map((version) => `${version} (${rowOf(version).reason ?? 'unknown'})`).join('; ')}.`,
        ]
      : []),
    ...stepSentence(answer),
  ];
}

function stepSentence({ slow, before, step, stepVerdict }: Extract<BisectAnswer, { state: 'found' }>): string[] {
  if (!step) return [`How much the step from ${before} to ${slow} is by itself was not measured.`];
  const size = `The step itself, ${slow} over ${before}, is ${ratioText(step)}`;
  if (stepVerdict === 'slower') return [`${size}.`];
  return [
    `${size}${step.ratioCi95[0] > 1 ? ': the builds before it have their part' : ': by itself it cannot be told from nothing'}.`,
  ];
}

/** "1.31× (95 % 1.28–1.35), 31.4 → 41.2 ms" */
const ratioText = ({ ratio, ratioCi95, referenceMs, candidateMs }: BuildRatio): string =>
  `${formatRatio(ratio)} (${formatCi95(ratioCi95, ratio)}), ${formatMs(referenceMs)} → ${formatMs(candidateMs)}`;

function testedLine({ builds }: BisectAnalysis): Line {
  const tested = builds.filter(({ verdict }) => verdict !== 'not tested' && verdict !== 'good');
  const texts = tested.map(({ version, verdict, measured }) => {
    const ratio = measured ? ` ${formatRatio(measured.ratio)}` : '';
    return `${formatName(version)}${ratio}${verdict === 'not slower' ? '' : ` ${verdict}`}`;
  });
  return line(
    'Tested',
    `${tested.length} of ${formatPlural(builds.length - 1, 'build')} after the good one: ${texts.join(', ') || 'none yet'}`,
  );
}

const WORDS: Readonly<Record<BuildRow['verdict'], string>> = {
  good: 'the good one',
  slower: 'slower',
  'not slower': 'not slower',
  undecided: 'cannot be told',
  skipped: 'skipped',
  'not tested': 'not tested',
};

const columns: readonly Column<BuildRow>[] = [
  { id: 'version', head: 'Build', kind: 'text', limit: 60, value: ({ version }) => version },
  {
    id: 'verdict',
    head: 'Found',
    kind: 'text',
    value: ({ verdict }) => WORDS[verdict],
    note: ({ reason }) => reason && formatName(reason, 200),
  },
  {
    id: 'ratio',
    head: 'Of the good one',
    kind: 'ratio',
    value: ({ measured }) => measured?.ratio ?? null,
    ci95: ({ measured }) => measured?.ratioCi95 ?? null,
  },
  { id: 'candidateMs', head: 'Prediction', kind: 'ms', value: ({ measured }) => measured?.candidateMs ?? null },
  { id: 'referenceMs', head: 'Good beside it', kind: 'ms', value: ({ measured }) => measured?.referenceMs ?? null },
  {
    id: 'again',
    head: 'Good against itself',
    kind: 'ratio',
    value: ({ measured }) => measured?.again ?? null,
    ci95: ({ measured }) => measured?.againCi95 ?? null,
  },
  { id: 'replicates', head: 'Browsers each', kind: 'count', value: ({ measured }) => measured?.replicates ?? null },
  {
    id: 'outputs',
    head: 'Outputs',
    kind: 'text',
    value: ({ outputs }) => (outputs === null ? null : outputs ? 'alike' : 'differ'),
    doubt: ({ outputs }) => (outputs === false ? 'Outputs differ from those of the good build' : null),
  },
];

function buildBlocks({ builds, plan }: BisectAnalysis): Block[] {
  return [
    table('Builds from the good one to the bad one', columns, builds),
    remark(
      `Each tested build ran in fresh browsers that took turns, in random order, with two of the good one. It is slower where its whole 95 % interval is above ${formatRatio(1 + plan.limit)}, and not where it is below. What is not tested was not needed: of an older one that is not slower and a newer one that is, always the middle was tested. A build that was slower and mended again between two tested ones would not be seen.`,
    ),
  ];
}

function grewBlocks({ grew, answer, source }: BisectAnalysis): Block[] {
  if (!grew || answer.state !== 'found') return [];
  const { before, slow } = answer;
  return [
    { block: 'heading', text: `What grew from ${formatName(before)} to ${formatName(slow)}` },
    ...comparisonBlocks(grew, { a: before, b: slow }),
    paragraph(
      `Both recordings are whole bundles: trace analyze ${[before, slow].map((version) => `${source.name}/runs/${version}`).join(' ')}`,
    ),
  ];
}

/** For the head: what ran, and on what. */
export const runText = ({ plan, browser }: BisectAnalysis): string =>
  [
    `${plan.package} ${plan.builds[0]} to ${plan.builds.at(-1)}`,
    plan.model.title || plan.model.name,
    plan.backend,
    formatPlural(plan.threads, 'thread'),
    plan.on === 'worker' ? 'in a worker' : 'on the main thread',
    ...(browser === null ? [] : [browser.replace('/', ' ')]),
  ].join(', ');

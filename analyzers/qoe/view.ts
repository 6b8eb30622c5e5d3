import { conditionTitle, conditionWords, isGpuCondition } from '../../src/bundle/qoeConditions.js';
import { type Block, type Column, figure, type Line, lead, line, paragraph, table } from '../../src/view/block.js';
import { formatMs, formatName, formatShare, percent, plural } from '../../src/view/format.js';
import { fillOf } from '../../src/view/palette.js';
import type { View } from '../../src/view/view.js';
import { stageWords } from '../responsiveness/stages.js';
import { stageBlocks } from '../responsiveness/stagesView.js';
import type { Estimate } from './estimate.js';
import { frameCauses } from './frameCauses.js';
import type { Condition, FrameCause, Qoe, Responsiveness, Smoothness } from './qoe.js';
import { stripsChart } from './stripsChart.js';
import { SOFTWARE_GPU, verdictTitles } from './words.js';

/** What a user of the page gets while inference runs: how soon input shows, and how smoothly things move. */
export const view: View<{ readonly qoe: Qoe | null }> = {
  id: 'qoe',
  title: 'While inference runs',
  words: {
    'Input to paint': 'From a key or a click to the next frame that shows its effect.',
    INP: 'Interaction to next paint: the longest input to paint, after leaving out the longest one for each 50 inputs.',
    'Duty cycle': 'Part of the time that inferences take. With 50 %, each is followed by a pause as long as it was.',
    ...stageWords,
  },
  blocks({ qoe }) {
    if (!qoe) return [];
    const rows = qoe.conditions.map((condition, i) => ({
      ...qoe.smoothness[i]!,
      ...qoe.responsiveness[i]!,
      ...condition,
      waited: qoe.contention?.[i] ?? null,
      isSoftwareGpu: qoe.isSoftwareGpu && isGpuCondition(condition.id),
    }));
    return [
      lead(answer(qoe) || 'No input was shown, so what inference adds is unknown.'),
      table('A page that is used', columns, rows),
      figure(
        stripsChart(qoe.strips),
        'Two seconds of each condition: every vsync by what became of it, and the inferences above',
        [
          ...(['onTime', 'partial', 'missed'] as const).map((verdict) => ({
            fill: fillOf('vsync', verdict),
            text: verdictTitles[verdict],
          })),
          { fill: fillOf('vsync', 'inference'), text: 'Inference' },
        ],
      ),
      ...stageBlocks(
        'Inference',
        rows.map(({ id, stages }) => ({ title: conditionTitle(id), stages })),
      ),
      ...causeBlocks(qoe),
      table('How it was measured', measuredColumns, rows),
      paragraph(methodText(qoe)),
    ];
  },
  brief: ({ qoe }) => (qoe ? briefLines(qoe) : []),
};

interface Row extends Condition, Smoothness, Responsiveness {
  readonly id: Condition['id'];
  /** Whether the model was on a GPU that the processor stood in for. */
  readonly isSoftwareGpu: boolean;
  readonly waited: { readonly main: number | null; readonly compositor: number | null; readonly viz: number | null } | null;
}

const columns: readonly Column<Row>[] = [
  {
    id: 'condition',
    head: 'Inference',
    kind: 'text',
    value: ({ id }) => conditionTitle(id),
    doubt: ({ isSoftwareGpu }) => (isSoftwareGpu ? SOFTWARE_GPU : null),
  },
  {
    id: 'inputToPaintMs',
    head: 'Input to paint',
    kind: 'ms',
    value: ({ medianMs }) => medianMs?.value ?? null,
    ci95: ({ medianMs }) => medianMs?.ci95 ?? null,
  },
  { id: 'p95Ms', head: '95th percentile', kind: 'ms', value: ({ p95Ms }) => p95Ms },
  { id: 'inpMs', head: 'INP', kind: 'ms', value: ({ inpMs }) => inpMs },
  {
    id: 'increase',
    head: 'Longer than without',
    kind: 'share',
    value: ({ increase }) => increase?.value ?? null,
    ci95: ({ increase }) => increase?.ci95 ?? null,
  },
  {
    id: 'smooth',
    head: 'Smooth vsyncs',
    kind: 'share',
    value: ({ smooth }) => smooth?.value ?? null,
    ci95: ({ smooth }) => smooth?.ci95 ?? null,
  },
  { id: 'longestGapMs', head: 'Longest gap', kind: 'ms', value: ({ longestGapMs }) => longestGapMs },
  {
    id: 'presentedPerSecond',
    head: 'Frames shown/s',
    kind: 'rate',
    value: ({ presentedPerSecond }) => presentedPerSecond?.value ?? null,
    ci95: ({ presentedPerSecond }) => presentedPerSecond?.ci95 ?? null,
  },
  {
    id: 'animationFramesPerSecond',
    head: 'of which the page could draw',
    kind: 'rate',
    value: ({ animationFramesPerSecond }) => animationFramesPerSecond?.value ?? null,
    ci95: ({ animationFramesPerSecond }) => animationFramesPerSecond?.ci95 ?? null,
  },
  {
    id: 'videoShownPerSecond',
    head: 'Video, frames/s',
    kind: 'rate',
    value: ({ videoShownPerSecond }) => videoShownPerSecond?.value ?? null,
    ci95: ({ videoShownPerSecond }) => videoShownPerSecond?.ci95 ?? null,
  },
  {
    id: 'videoCallbacksPerSecond',
    head: 'of which the page could process',
    kind: 'rate',
    value: ({ videoCallbacksPerSecond }) => videoCallbacksPerSecond?.value ?? null,
    ci95: ({ videoCallbacksPerSecond }) => videoCallbacksPerSecond?.ci95 ?? null,
  },
  {
    id: 'scriptedIncrease',
    head: 'Operation of a script, longer than without',
    kind: 'share',
    value: ({ scriptedIncrease }) => scriptedIncrease?.value ?? null,
    ci95: ({ scriptedIncrease }) => scriptedIncrease?.ci95 ?? null,
  },
];

const measuredColumns: readonly Column<Row>[] = [
  { id: 'condition', head: 'Inference', kind: 'text', value: ({ id }) => conditionTitle(id) },
  { id: 'duty', head: 'Duty cycle', kind: 'share', value: ({ duty }) => duty },
  { id: 'inferences', head: 'Inferences', kind: 'count', value: ({ inferences }) => inferences },
  { id: 'inferenceMs', head: 'One takes', kind: 'ms', value: ({ inferenceMs }) => inferenceMs },
  { id: 'interactions', head: 'Interactions', kind: 'count', value: ({ interactions }) => interactions },
  { id: 'vsyncs', head: 'Vsyncs', kind: 'count', value: ({ vsyncs }) => vsyncs },
  { id: 'partial', head: 'Partial', kind: 'count', value: ({ partial }) => partial },
  { id: 'missed', head: 'Missed', kind: 'count', value: ({ missed }) => missed },
  {
    id: 'vsyncsBehind',
    head: 'Vsyncs to a shown frame, by round',
    kind: 'text',
    value: ({ vsyncsBehind }) => vsyncsBehind.map((vsyncs) => vsyncs ?? '–').join(', '),
  },
  { id: 'mainWaited', head: 'Main thread without a core', kind: 'share', value: ({ waited }) => waited?.main ?? null },
  { id: 'compositorWaited', head: 'Compositor', kind: 'share', value: ({ waited }) => waited?.compositor ?? null },
  { id: 'vizWaited', head: 'Display compositor', kind: 'share', value: ({ waited }) => waited?.viz ?? null },
];

const causeColumns: readonly Column<FrameCause>[] = [
  { id: 'condition', head: 'Inference', kind: 'text', value: ({ condition }) => conditionTitle(condition) },
  { id: 'cause', head: 'Cause', kind: 'text', value: ({ title }) => title, fill: ({ id }) => frameCauses[id].fill },
  { id: 'id', head: 'Id', kind: 'text', value: ({ id }) => id, in: ['data'] },
  { id: 'vsyncs', head: 'Vsyncs', kind: 'count', value: ({ vsyncs }) => Math.round(vsyncs * 10) / 10 },
  { id: 'share', head: 'Share', kind: 'share', value: ({ share }) => share },
  { id: 'meaning', head: 'What it is', kind: 'text', value: ({ id }) => frameCauses[id].meaning, in: ['page'] },
];

/** Causes with a smaller part of a condition's affected vsyncs are left to the data. */
const SHOWN_SHARE = 0.02;
/** Less than half a vsync would read as 0. */
const SHOWN_VSYNCS = 0.5;

function causeBlocks({ frameCauses: causes }: Qoe): Block[] {
  const shown = causes.filter(({ share, vsyncs }) => share >= SHOWN_SHARE && vsyncs >= SHOWN_VSYNCS);
  return shown.length === 0 ? [] : [table('Why vsyncs were missed or shown in part', causeColumns, shown)];
}

/** What inference does to the page, and what a worker gains. */
function answer(qoe: Qoe): string {
  if (qoe.isContended) {
    return `What inference adds cannot be told: without inference too, the page’s main thread had work and no core for ${formatShare(qoe.contention?.[0]?.main ?? null)} of the time, as other programs used the machine. Quiet it, and record again.`;
  }
  const of = (id: Condition['id']) => {
    const at = qoe.conditions.findIndex((condition) => condition.id === id);
    return at < 0 ? null : { ...qoe.conditions[at]!, ...qoe.responsiveness[at]!, ...qoe.smoothness[at]! };
  };
  const smoothText = (smooth: Smoothness['smooth']): string => `${formatShare(smooth?.value ?? null)} of vsyncs are smooth`;
  const added = qoe.conditions.flatMap(({ id }) => {
    const one = of(id)!;
    if (!one.increase) return [];
    return [
      `With inference ${conditionWords[id].phrase} for ${percent(one.duty)} of the time, input to paint ${longerText(one.increase)}, and ${smoothText(one.smooth)}.`,
    ];
  });
  const none = of('none');
  const main = of('main')?.medianMs;
  const moved = qoe.conditions.flatMap(({ id }) => {
    const there = of(id)!.medianMs;
    const { move } = conditionWords[id];
    return main && there && move !== null && !(qoe.isSoftwareGpu && isGpuCondition(id)) ? [movedText(move, main, there)] : [];
  });
  const onGpu = qoe.conditions.some(({ id }) => isGpuCondition(id));
  return [
    ...added,
    ...(none?.medianMs
      ? [`Without inference input to paint takes ${formatMs(none.medianMs.value)}, and ${smoothText(none.smooth)}.`]
      : []),
    ...moved,
    ...(qoe.isSoftwareGpu && onGpu ? ['The processor stood in for a GPU, so what WebGL and WebGPU do on one is not known.'] : []),
  ].join(' ');
}

/** "takes 184 % longer (95 % +92 % to +320 %)"; nothing is claimed where the interval holds no change. */
function longerText(of: Estimate): string {
  const { value, ci95 } = of;
  if (ci95 && ci95[0] <= 0 && ci95[1] >= 0) return `is not clearly longer or shorter (${changeText(of)})`;
  const range = ci95 ? ` (95 % ${signed(ci95[0])} to ${signed(ci95[1])})` : '';
  return `takes ${percent(Math.abs(value))} ${value < 0 ? 'less' : 'longer'}${range}`;
}

/** "+184 %, 95 % +92 % to +320 %" */
const changeText = ({ value, ci95 }: Estimate): string =>
  ci95 ? `${signed(value)}, 95 % ${signed(ci95[0])} to ${signed(ci95[1])}` : `${signed(value)}, no interval`;

/** Whole percent with its sign, and none of 0. */
function signed(change: number): string {
  const whole = Math.round(change * 100);
  return `${whole > 0 ? '+' : whole < 0 ? '−' : ''}${Math.abs(whole)} %`;
}

/** What a move of the model gains or costs; the difference counts only where the intervals are apart. */
function movedText(what: string, from: Estimate, to: Estimate): string {
  const times = `from ${formatMs(from.value)} to ${formatMs(to.value)} (measured)`;
  if (!from.ci95 || !to.ci95) return `${sentenceCase(what)} took input to paint ${times}, in too few rounds for an interval.`;
  const isApart = to.ci95[1] < from.ci95[0] || from.ci95[1] < to.ci95[0];
  return isApart
    ? `So ${what} takes input to paint ${times}.`
    : `Whether ${what} changes input to paint is not clear: it went ${times}, and the intervals overlap.`;
}

const sentenceCase = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}`;

function briefLines(qoe: Qoe): Line[] {
  if (qoe.isContended) return [line('In use', answer(qoe))];
  return qoe.conditions.map(({ id }, i) => {
    const { medianMs, increase } = qoe.responsiveness[i]!;
    const paint = `input to paint ${formatMs(medianMs?.value ?? null)}${increase ? ` (${changeText(increase)})` : ''}`;
    const smooth = `${formatShare(qoe.smoothness[i]!.smooth?.value ?? null)} smooth`;
    return line(
      i === 0 ? 'In use' : '',
      `${conditionWords[id].short}${qoe.isSoftwareGpu && isGpuCondition(id) ? ' (software)' : ''}: ${paint}, ${smooth}`,
    );
  });
}

function methodText(qoe: Qoe): string {
  const { noVideo, conditions, smoothness } = qoe;
  const counts = conditions.map((condition) => condition.rounds);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const rounds = fewest === most ? plural(most, 'round') : `${fewest} to ${most} rounds`;
  const gpu = conditions.some(({ id }) => isGpuCondition(id))
    ? ' WebGL and WebGPU are called from the main thread, as most pages do, and all conditions had a browser that uses a GPU.'
    : '';
  const video = noVideo === null ? '' : ` The page has no video: ${noVideo}.`;
  return `${rounds} of each condition in random order, each in a fresh page with a list that is used by real input, an animation of the main thread and one of the compositor, and a video of 30 frames a second. Intervals are of rounds.${gpu} ${compositorText(qoe)} The display is one that the browser makes up, as it runs without a screen.${laterText(smoothness)}${video}`;
}

/** A page keeps the pace that it once took, so rounds of one condition may differ by a whole vsync. */
function laterText(smoothness: Qoe['smoothness']): string {
  const differ = smoothness.some(({ vsyncsBehind }) => new Set(vsyncsBehind).size > 1);
  return differ
    ? ' Rounds of one condition differ by a whole vsync: in some pages Chromium shows each frame a vsync later than in others, and goes on so from their first second on. That widens the intervals.'
    : '';
}

function compositorText({ gpuCompositing, renderer, isSoftwareGpu }: Qoe): string {
  const named = renderer === null ? '' : ` (${formatName(renderer, 120)})`;
  if (gpuCompositing === null) return 'How the browser puts its frames together is not known.';
  if (/software/.test(gpuCompositing)) {
    return 'The browser puts its frames together in software, on the processor that inference uses too.';
  }
  return isSoftwareGpu
    ? `The browser puts its frames together on a GPU that the processor stands in for${named}, on which a model on WebGL or WebGPU computes too: they hold each other up as they would not on a GPU.`
    : `The browser puts its frames together on the GPU${named}.`;
}

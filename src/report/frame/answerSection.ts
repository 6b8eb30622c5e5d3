import type { TypicalWindow } from '../../../analyzers/callTree/typicalWindow.js';
import { abstraction, computed, gpuDevice, gpuStoodIdle, partsText } from '../../../analyzers/gpu/words.js';
import type { Analysis } from '../../../analyzers/index.js';
import { quotedPrediction } from '../../../analyzers/latency/quotedPrediction.js';
import type { CauseTime } from '../../../analyzers/partition/partition.js';
import { partitionChart } from '../../../analyzers/partition/partitionChart.js';
import { commandOver } from '../../../analyzers/steps/command.js';
import { view as stepsView } from '../../../analyzers/steps/view.js';
import { view as validityView } from '../../../analyzers/validity/view.js';
import { formatConfidence } from '../../../analyzers/windows/confidence.js';
import { inertText } from '../../text/inertText.js';
import { formatCi95, formatCount, formatMs, formatPlural, formatRatio, formatShare } from '../../view/format.js';
import { answer, answerBesideFigures } from '../answer.js';
import { type Html, html, prose, trusted } from '../html.js';
import { htmlBlocks } from '../htmlBlocks.js';
import { type Use, usesOf } from '../inUse.js';
import { PERFETTO, perfettoUrl } from '../perfettoUrl.js';
import { subjectDetails } from '../subject.js';
import { swatch } from './names.js';
import type { Section } from './section.js';

/**
 * The first screen: whether it is a valid measurement, the main numbers, the main sentences, what to do, and the partition with what
 * else there is to say. What is missing stands here only where nothing was measured.
 */
export const answerSection: Section = {
  id: 'answer',
  title: 'Answer',
  render(analysis, page) {
    const { first, more } = answerBesideFigures(analysis);
    const details = subjectDetails(analysis);
    const steps = stepsView.blocks(analysis);
    const missing = analysis.latency || analysis.partition ? [] : answer(analysis).certainty;
    return html`${details ? html`<p class="details">${prose(details)}</p>` : null}
${htmlBlocks(validityView.blocks(analysis), page)}
${figures(analysis)}
${paragraphs('answer', first)}
${steps.length > 0 ? html`${page.subheading(stepsView.title)}${htmlBlocks(steps, page)}` : null}
${bar(analysis, page)}
${more.length > 0 ? paragraphs('answer', more) : null}
${inUse(analysis)}
${further(analysis)}
${missing.length > 0 ? html`<div>${page.subheading('What is missing')}<ul>${missing.map((line) => html`<li>${prose(line)}</li>`)}</ul></div>` : null}
`;
  },
};

const paragraphs = (kind: string, sentences: readonly string[]): Html =>
  html`<div class="${kind}">${sentences.map((sentence) => html`<p>${prose(sentence)}</p>`)}</div>`;

function figures(analysis: Analysis): Html | null {
  const { gap, partition } = analysis;
  const quoted = quotedPrediction(analysis);
  const list: Html[] = [];
  const figure = (label: string, value: string, more: string) =>
    html`<div><dt>${label}</dt><dd><span class="value">${prose(value)}</span><span class="more">${prose(more)}</span></dd></div>`;
  if (analysis.page && analysis.inferences) {
    const { count, confidence } = analysis.inferences;
    list.push(figure('Inferences found', formatCount(count), count > 0 ? `confidence ${formatConfidence(confidence)}` : ''));
  }
  if (quoted) {
    const { prediction, traced } = quoted;
    const more = `${formatCi95(prediction.ci95Ms, prediction.medianMs)}, n = ${formatCount(prediction.n)}`;
    list.push(figure(traced ? 'Prediction, under the trace' : 'Prediction', formatMs(prediction.medianMs), more));
  }
  if (!quoted && partition) {
    const more = `median of ${formatPlural(partition.windows, 'traced window')}`;
    list.push(figure('Window', formatMs(partition.windowMedianMs), more));
  }
  if (gap) {
    list.push(figure('Native', formatMs(gap.nativeMs), formatCi95(gap.nativeCi95Ms, gap.nativeMs)));
    list.push(figure('Browser over native', formatRatio(gap.ratio), formatCi95(gap.ratioCi95, gap.ratio)));
  }
  list.push(...gpuFigures(analysis).map(([label, value, more]) => figure(label, value, more)));
  // The figures of what is no valid measurement are there to see why, and no headline.
  const kind = analysis.validity?.verdict === 'void' ? 'figures void' : 'figures';
  return list.length > 0 ? html`<dl class="${kind}">${list}</dl>` : null;
}

/** For a GPU run: the device, how long it computed, and the cost of getting work to it. */
function gpuFigures(analysis: Analysis): (readonly [label: string, value: string, more: string])[] {
  const ran = gpuDevice(analysis);
  if (!ran || gpuStoodIdle(analysis)) return [];
  const list: (readonly [string, string, string])[] = [];
  const known = computed(analysis);
  const on = `${ran.name}${ran.software ? ' (software)' : ''}`;
  const of = known ? `${known.share === null ? 'passes overlap' : formatShare(known.share)}, ` : '';
  list.push(['Device computed', formatMs(known?.deviceMs ?? null), `${of}${on}`]);
  const found = abstraction(analysis.partition?.causes);
  if (found) list.push(['GPU abstraction', formatShare(found.share), partsText(found.parts, 1)]);
  return list;
}

/** What makes inference fast and is in use or not, in one line; why, where it is unfolded. */
function inUse(analysis: Analysis): Html | null {
  if (!analysis.partition && !analysis.latency) return null;
  // Scalar code is no feature that one switches on.
  const uses = usesOf(analysis).filter(({ what, used }) => used !== null && what !== 'scalar code');
  if (uses.length === 0) return null;
  const answerOf = ({ what, used }: Use): string => `${used ? '✓' : '✗'} ${what}`;
  return html`<details class="uses"><summary><span class="more">In use</span> ${uses.map(answerOf).join(' · ')}</summary><ul>${uses.map(
    (use) =>
      html`<li>${answerOf(use)}${use.share === null || use.share === 0 ? null : `, ${formatShare(use.share)}`}${use.why === '' ? null : html`. ${prose(inertText(use.why, 600))}`}</li>`,
  )}</ul></details>`;
}

/** How to record the same again, and where to look closer, as commands. */
function further({ command, source, typicalWindow }: Analysis): Html | null {
  const perfetto = typicalWindow && commandOver('perfetto', source.name, typicalWindow.mark);
  const row = (what: string, text: string, more: Html | null = null): Html =>
    html`<div><dt>${what}</dt><dd><code class="command">${text}</code>${more}</dd></div>`;
  const rows = [
    ...(command === null ? [] : [row('Record it again', command)]),
    ...(perfetto === null ? [] : [row('See it in Perfetto', perfetto, byHand(typicalWindow!))]),
  ];
  return rows.length === 0 ? null : html`<dl class="facts further">${rows}</dl>`;
}

/** Perfetto may read no file from a page that is one: its user drops the trace there. The address is made of numbers only. */
function byHand(window: TypicalWindow): Html {
  const url = trusted(perfettoUrl(PERFETTO, null, window).replaceAll('&', '&amp;'));
  return html` <span class="more">or <a href="${url}" target="_blank" rel="noopener noreferrer">open Perfetto at the typical window</a> and drop the trace on it</span>`;
}

function bar({ partition }: Analysis, page: Parameters<Section['render']>[1]): Html | null {
  if (!partition || partition.causes.length === 0) return null;
  const rows = [{ label: 'prediction', causes: partition.causes, length: 1 }];
  if (partition.warmup) rows.push({ label: 'warm-up', causes: partition.warmup, length: 1 });
  const summary = partition.causes.slice(0, 6).map((cause) => `${inertText(cause.title, 60)} ${formatShare(cause.share)}`);
  const alt = `Where the time goes, ${formatPlural(partition.windows, 'window')}: ${summary.join(', ')}.`;
  const only = partition.warmup?.filter((cause) => !partition.causes.some((each) => each.id === cause.id)) ?? [];
  const legend = [
    ...partition.causes.map((cause) => legendItem(cause, formatShare(cause.share))),
    ...only.map((cause) => legendItem(cause, '(warm-up only)')),
  ];
  return page.figure(partitionChart(rows, 'share', alt), html`<ul class="legend">${legend.slice(0, 24)}</ul>`);
}

function legendItem({ id, title }: CauseTime, text: string): Html {
  return html`<li>${swatch(id)}${inertText(title, 60)} <span class="num">${prose(text)}</span></li>`;
}

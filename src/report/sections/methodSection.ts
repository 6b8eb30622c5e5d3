import type { Analysis } from '../../../analyzers/index.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatCount, formatPlural, MISSING } from '../../view/format.js';
import { type Html, html, prose } from '../html.js';
import type { PageContext, Section } from './section.js';

/** Run, machine and browser, and how the numbers were made. */
export const methodSection: Section = {
  id: 'method',
  title: 'Run, machine and method',
  render(analysis, page) {
    return html`<div class="columns">
${factList(page.subheading('Run'), runFacts(analysis))}
${factList(page.subheading('Machine'), machineFacts(analysis))}
${factList(page.subheading('Browser'), browserFacts(analysis))}
</div>
${analysis.latency && (analysis.page ? pageMethod(page) : method(analysis, page))}`;
  },
};

type Fact = readonly [string, string];

function factList(title: Html, facts: readonly Fact[]): Html | null {
  if (facts.length === 0) return null;
  return html`<div>${title}<dl class="facts">${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${prose(text)}</dd></div>`)}</dl></div>`;
}

function runFacts({ run, page, source, toolVersion }: Analysis): readonly Fact[] {
  const about: readonly Fact[] = [
    ['Source', `${inertText(source.name, 200)} (${source.kind}${source.complete ? '' : ', incomplete'})`],
    ['Analyzed by', `Inferscope ${inertText(toolVersion, 40)}`],
  ];
  if (page) {
    return [
      ['Page', inertText(page.url, 200)],
      ['Title', inertText(page.title, 120) || MISSING],
      ['Opened', page.opened === 'launched' ? 'in a browser of its own' : 'found open'],
      ['Recorded', page.fromStart ? 'from its first line on' : 'while it ran'],
      ['Was to end', inertText(page.until, 120)],
      ['Ended', page.ended === null ? MISSING : inertText(page.ended, 120)],
      ['Started', inertText(page.startedAt, 40)],
      ['Run', inertText(page.id, 80)],
      ...about,
    ];
  }
  if (!run) return about;
  const inputs = run.inputs
    .slice(0, 8)
    .map((input) => `${inertText(input.name, 40)}: ${inertText(input.type, 20)} ${input.shape.join(' × ')}`);
  return [
    ['Model', `${inertText(run.model, 80)}, ${formatBytes(run.modelBytes)}`],
    ['Inputs', inputs.join('; ') || MISSING],
    ['Framework', `${inertText(run.framework, 40)} ${inertText(run.frameworkVersion, 40)}, ${inertText(run.backend, 40)}`],
    ['Threads', run.threads === run.threadsAsked ? String(run.threads) : `${run.threads} (asked for ${run.threadsAsked})`],
    ...(run.simd === null ? [] : [['SIMD', run.simd ? 'on' : 'off'] as const]),
    ['Runs on', run.on === 'worker' ? 'a worker' : 'the main thread'],
    ['Page isolated', run.crossOriginIsolated ? 'yes' : 'no: no threads, coarse timers'],
    ['Rounds', `${run.rounds}, seed ${run.seed}`],
    ['Started', inertText(run.startedAt, 40)],
    ['Run', inertText(run.id, 80)],
    ...about,
  ];
}

function machineFacts({ machine }: Analysis): readonly Fact[] {
  if (!machine) return [];
  return [
    ['CPU', `${inertText(machine.cpu, 80)}, ${formatPlural(machine.cores, 'core')}`],
    ['Vectors', machine.vectorFeatures ? inertText(machine.vectorFeatures.join(', '), 160) || 'none' : 'unknown'],
    ['Memory', formatBytes(machine.memoryBytes)],
    ['System', inertText(machine.os, 80)],
    ['Node', inertText(machine.node, 40)],
    [
      'Busy before',
      machine.busyCores === null ? 'unknown' : `${machine.busyCores.toFixed(2)} of ${formatPlural(machine.cores, 'core')}`,
    ],
  ];
}

function browserFacts({ browser }: Analysis): readonly Fact[] {
  if (!browser) return [];
  return [
    ['Product', `${inertText(browser.product, 80)}${browser.headless ? ', headless' : ''}`],
    ['GPU', browser.gpu === null ? 'unknown' : inertText(browser.gpu, 160)],
    [
      'Rendering',
      browser.softwareRendering === null
        ? 'unknown'
        : browser.softwareRendering
          ? 'in software: no GPU computes here'
          : 'on the GPU',
    ],
    ...(browser.driver === null ? [] : [['Driver', inertText(browser.driver, 80)] as const]),
    ...stateOf('WebGL', browser.webgl),
    ...stateOf('WebGPU', browser.webgpu),
    ['Sandbox', browser.sandboxed === null ? 'unknown' : browser.sandboxed ? 'on' : 'off'],
    ['Command line', browser.commandLine === null ? 'unknown' : inertText(browser.commandLine, 600)],
  ];
}

function stateOf(api: string, state: 'hardware' | 'software' | 'off' | null): readonly Fact[] {
  return state === null ? [] : [[api, state === 'off' ? 'not served' : `in ${state}`]];
}

function pageMethod(page: PageContext): Html {
  return html`${page.subheading('How the numbers were made')}
<ul>
<li>The page was recorded as it ran: latency and causes are of the same inferences, all of them while recording.</li>
<li>Intervals of 95&nbsp;% are drawn from these inferences again (bootstrap); they know nothing of another time, process or machine. Of fewer than five there is none.</li>
<li>Every microsecond of an inference has exactly one cause, followed along the critical path; what no rule claims is unattributed.</li>
</ul>`;
}

function method({ run, latency, partition, gpu }: Analysis, page: PageContext): Html {
  const rounds = run ? `${formatPlural(run.rounds, 'round')} over ${formatPlural(run.replicates, 'process')}` : 'rounds';
  return html`${page.subheading('How the numbers were made')}
<ul>
<li>Latency is of the timing pass, in which nothing records. Causes are of the trace pass. The ratio of the two medians is the observer effect.</li>
${
  latency?.settling
    ? html`<li>The first ${formatCount(latency.settling.predictions)} predictions of a process do not count: code is still being compiled in them.</li>`
    : null
}
<li>Browser and native ran in turn (A&nbsp;B&nbsp;A&nbsp;B), in ${rounds}, never one after the other.</li>
<li>Where a process happens to put code and memory makes it a few percent faster or slower for as long as it lives. So the timing pass is repeated in several
fresh processes, medians are averaged over them, and 95&nbsp;% intervals are Student’s, of those medians: where another run would fall. With fewer than three
processes whole rounds are drawn again instead (cluster bootstrap), and the interval knows nothing of other
processes; of fewer than five rounds there is none.</li>
${partition && html`<li>Every microsecond of a window has exactly one cause, followed along the critical path; what no rule claims is unattributed.</li>`}
${
  gpu &&
  html`<li>In the trace pass alone, the page’s GPU calls go through a layer that writes them down with their place in the script; what that costs is part of
the observer effect. WebGPU passes are timed by timestamps of the device, WebGL by the length of a stretch of draws, where the browser allows it.</li>`
}
</ul>`;
}

import { askedText } from '../../src/bundle/asked.js';
import { bundle, fact, type Get, manifest, page } from '../input.js';
import { info, lack, type Note, question, warning } from '../question.js';
import { pageCommand, runCommand } from '../steps/command.js';
import { describePage, describeRun } from './describe.js';
import { view } from './view.js';

/** What was recorded, and what is missing from the recording. */
export const recording = question({
  facts: {
    run: fact('run', (get) => describeRun(get(manifest))),
    /** Set for a watched page; null for a harness run, and for a trace without a bundle. */
    page: fact('page', (get) => describePage(get(page))),
    /** The command that records the same again; null where it cannot be written in a shell. */
    command: fact('command', again),
  },
  helpedBy: [bundle],
  notes: (get) => [...completeness(get), ...traceLosses(get), ...sources(get)],
  view,
});

function again(get: Get): string | null {
  const recorded = get(bundle);
  const asked = askedText(recorded.asked);
  if (asked === null) return null;
  if (recorded.schema === 'inferscope.run/1') return runCommand(describeRun(recorded), asked === '' ? {} : { more: asked });
  const facts = describePage(recorded);
  return pageCommand(facts, asked, facts.fromStart);
}

function completeness(get: Get): Note[] {
  const recorded = get.maybe(bundle);
  if (!recorded || recorded.status === 'complete') return [];
  const why = recorded.status === 'recording' ? 'the collector was killed, or is still running' : recorded.reason;
  const fewer = get.input.page ? 'inferences' : 'iterations';
  return [
    warning(
      'incomplete',
      `This bundle is incomplete (${why}). What it holds is analyzed; medians rest on fewer ${fewer} than planned.`,
    ),
  ];
}

function traceLosses(get: Get): Note[] {
  const list: Note[] = [];
  const cut = get.input.trace?.reading.cut;
  if (cut)
    list.push(warning('trace-cut', `The trace is cut at byte ${cut.atByte} (${cut.reason}). What came before is analyzed.`));
  const { dataLoss, dropped } = get.maybe(bundle)?.trace ?? { dataLoss: false, dropped: null };
  if (dataLoss) {
    const less = get.input.page ? 'Record for a shorter time' : 'Record fewer iterations';
    list.push(
      warning(
        'data-loss',
        `Chrome says that events of its trace are missing: its buffer overflowed, or the machine was too busy to take them. ${less}, with nothing else running.`,
      ),
    );
  }
  if (dropped && dropped.events > 0) {
    list.push(
      info(
        'polling-dropped',
        `${dropped.events} events of the GPU process asking whether the device is done were left out of the trace: each took less than 0.1 ms.`,
      ),
    );
  }
  return list;
}

/** Notes from the collectors, the framework and the page's state. */
function sources(get: Get): Note[] {
  const failed = Object.entries(get.maybe(bundle)?.collectors ?? {}).filter(([, { outcome }]) => outcome !== 'done');
  const framework = get.input.manifest?.framework?.note;
  return [
    ...(get.input.page?.page.notes ?? []).map((text) => info('page', text)),
    ...(framework ? [info('framework', framework)] : []),
    ...failed.map(([id, { detail }]) => lack(`collector-${id}`, detail)),
  ];
}

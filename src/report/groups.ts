import type { Analysis } from '../../analyzers/index.js';
import { quotedPrediction } from '../../analyzers/latency/quotedPrediction.js';
import { couldSaveMs } from '../../analyzers/operators/view.js';
import { formatBytes, formatMs, formatPlural, formatShare, plural } from '../view/format.js';
import { mainCauses } from './answer.js';
import { notesSection } from './frame/notesSection.js';
import type { Section } from './frame/section.js';
import { trustSection } from './frame/trustSection.js';
import { sectionOf } from './htmlBlocks.js';
import { inOrder, type QuestionName } from './views.js';

/** Sections that answer one kind of question. A reader unfolds them together. */
export interface Group {
  /** Anchor; never from data. */
  readonly id: string;
  readonly title: string;
  readonly sections: readonly Section[];
  /** The one figure of its heading, in a few words; null where nothing is known. */
  readonly figure: (analysis: Analysis) => string | null;
}

interface Parts extends Omit<Group, 'sections'> {
  readonly parts: readonly (Section | QuestionName | 'rest')[];
}

const PARTS: readonly Parts[] = [
  {
    id: 'time',
    title: 'Time',
    parts: ['partition', 'latency', 'gap'],
    figure(analysis) {
      const quoted = quotedPrediction(analysis)?.prediction;
      const largest = mainCauses(analysis.partition?.causes ?? [])[0];
      if (largest) return `${formatShare(largest.share)} ${largest.title}`;
      return quoted ? formatMs(quoted.medianMs) : null;
    },
  },
  {
    id: 'code',
    title: 'Operators and functions',
    parts: ['operators', 'functions', 'callStacks', 'instructions', 'placement', 'gpu'],
    figure({ kernels, kernelTotals, wasm, gpu }) {
      const savedMs = kernelTotals && couldSaveMs(kernelTotals);
      if (savedMs !== null) return `${formatMs(savedMs)} could be saved, at most`;
      if (kernels.length > 0) return formatPlural(kernels.length, 'operator');
      if (gpu) return formatPlural(gpu.calls.length, 'GPU call site');
      return wasm ? formatPlural(wasm.functions.length, 'Wasm function') : null;
    },
  },
  {
    id: 'start',
    title: 'Setup, warm-up and runtime',
    parts: ['coldStart', 'runtime'],
    figure({ latency, compile }) {
      if (latency?.warmupMs != null) return `warm-up ${formatMs(latency.warmupMs)}`;
      return compile ? `${formatMs(compile.totalMs)} compiling` : null;
    },
  },
  {
    id: 'surroundings',
    title: 'Page, threads, memory and frames',
    parts: ['pageState', 'contention', 'memory', 'frames', 'rest'],
    figure({ threads, memory, mainThread, frames }) {
      if (memory?.held) return `${formatBytes(memory.held.peakBytes)} held`;
      if (mainThread && mainThread.blockedShare > 0) return `main thread blocked ${formatShare(mainThread.blockedShare)}`;
      if (threads && threads.length > 0) return formatPlural(threads.length, 'thread');
      return frames ? formatPlural(frames.during.vsyncs + frames.outside.vsyncs, 'vsync') : null;
    },
  },
  {
    id: 'certainty',
    title: 'How sure this is',
    parts: [trustSection, notesSection, 'outputs', 'inferences'],
    figure({ notes }) {
      const count = (level: string): number => notes.filter((note) => note.level === level).length;
      if (count('warning') > 0) return `${count('warning')} doubtful`;
      return count('lack') > 0 ? `${plural(count('lack'), 'thing')} not measured` : 'nothing doubtful';
    },
  },
  {
    id: 'data',
    title: 'Method and raw data',
    parts: ['source', 'recording', 'machine'],
    figure({ browser, trace }) {
      if (browser) return browser.product.replace('/', ' ');
      return trace ? formatPlural(trace.events, 'event') : null;
    },
  },
];

/** The groups of the report after its answer, top to bottom. Questions that none of them names stand where one says `rest`. */
export const groups: readonly Group[] = inOrder(
  PARTS.map(({ parts }) => parts),
  sectionOf,
).map((sections, place) => {
  const { id, title, figure } = PARTS[place]!;
  return { id, title, figure, sections };
});

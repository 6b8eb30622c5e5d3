import type { Analysis } from '../../analyzers/index.js';
import { quotedPrediction } from '../../analyzers/latency/quotedPrediction.js';
import { formatBytes, formatMs, formatPlural, formatRatio, formatShare, plural } from '../view/format.js';
import { mainCauses } from './answer.js';
import { sectionOf } from './htmlBlocks.js';
import { inOrder, type QuestionName } from './sections/index.js';
import { notesSection } from './sections/notesSection.js';
import type { Section } from './sections/section.js';

/** Sections that answer one kind of question. A reader unfolds them together. */
export interface Group {
  /** Anchor; never from data. */
  readonly id: string;
  readonly title: string;
  readonly sections: readonly Section[];
  /** What it says, in a few words; null where that is not known. */
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
      return joined([
        quoted && formatMs(quoted.medianMs),
        analysis.gap && `${formatRatio(analysis.gap.ratio)} native`,
        largest && `${formatShare(largest.share)} ${largest.title}`,
      ]);
    },
  },
  {
    id: 'code',
    title: 'Operators and functions',
    parts: ['operators', 'functions', 'callStacks', 'instructions', 'gpu'],
    figure: ({ kernels, wasm, gpu }) =>
      joined([
        kernels.length > 0 && formatPlural(kernels.length, 'operator'),
        wasm && wasm.functions.length > 0 && formatPlural(wasm.functions.length, 'Wasm function'),
        gpu && 'GPU calls',
      ]),
  },
  {
    id: 'start',
    title: 'Setup, warm-up and runtime',
    parts: ['runtime'],
    figure: ({ latency }) =>
      joined([
        latency?.setupMs != null && `setup ${formatMs(latency.setupMs)}`,
        latency?.warmupMs != null && `warm-up ${formatMs(latency.warmupMs)}`,
      ]),
  },
  {
    id: 'surroundings',
    title: 'Page, threads, memory and frames',
    parts: ['pageState', 'contention', 'memory', 'frames', 'rest'],
    figure: ({ threads, memory }) =>
      joined([
        threads && threads.length > 0 && formatPlural(threads.length, 'thread'),
        memory?.held && `${formatBytes(memory.held.peakBytes)} held`,
      ]),
  },
  {
    id: 'certainty',
    title: 'How sure this is',
    parts: [notesSection, 'outputs', 'inferences'],
    figure({ notes }) {
      const count = (level: string): number => notes.filter((note) => note.level === level).length;
      return joined([
        count('warning') > 0 && `${count('warning')} doubtful`,
        count('lack') > 0 && `${plural(count('lack'), 'thing')} not measured`,
      ]);
    },
  },
  {
    id: 'data',
    title: 'Method and raw data',
    parts: ['source', 'recording', 'machine'],
    figure: ({ machine, browser }) =>
      joined([browser?.product.replace('/', ' '), machine && formatPlural(machine.cores, 'core')]),
  },
];

function joined(parts: readonly (string | false | null | undefined)[]): string | null {
  const known = parts.filter((part) => typeof part === 'string');
  return known.length > 0 ? known.join(' · ') : null;
}

/** The groups of the report after its answer, top to bottom. Questions that none of them names stand where one says `rest`. */
export const groups: readonly Group[] = inOrder(
  PARTS.map(({ parts }) => parts),
  sectionOf,
).map((sections, place) => {
  const { id, title, figure } = PARTS[place]!;
  return { id, title, figure, sections };
});

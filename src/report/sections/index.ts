import { type Analysis, questions } from '../../../analyzers/index.js';
import type { View } from '../../view/view.js';
import { sectionOf } from '../htmlBlocks.js';
import { contentionSection } from './contentionSection.js';
import { functionsSection } from './functionsSection.js';
import { gpuSection } from './gpuSection.js';
import { instructionSetSection } from './instructionSetSection.js';
import { notesSection } from './notesSection.js';
import { operatorsSection } from './operatorsSection.js';
import { runtimeSection } from './runtimeSection.js';
import type { Section } from './section.js';

type QuestionName = keyof typeof questions;

/** The questions whose views are data, in the order of the registry. */
const viewed = new Map<string, View<Analysis>>(
  Object.entries(questions).flatMap(([name, { view }]) => (view === 'report' ? [] : [[name, view]])),
);

export const views: readonly View<Analysis>[] = [...viewed.values()];

/** Puts parts and views in an order. Questions that the order does not name go where it says `rest`. */
export function inOrder<Part extends object>(
  order: readonly (Part | QuestionName | 'rest')[],
  draw: (view: View<Analysis>) => Part,
): readonly Part[] {
  const named: ReadonlySet<unknown> = new Set(order);
  const rest = [...viewed].flatMap(([name, view]) => (named.has(name) ? [] : [view]));
  return order.flatMap((part) => {
    if (typeof part !== 'string') return [part as Part];
    const view = viewed.get(part);
    return (part === 'rest' ? rest : view ? [view] : []).map(draw);
  });
}

/** The parts of an analysis after its answer, top to bottom: sections with their own HTML, and views of questions. */
export const sections: readonly Section[] = inOrder<Section>(
  [
    gpuSection,
    'partition',
    'latency',
    'inferences',
    'pageState',
    'gap',
    instructionSetSection,
    operatorsSection,
    functionsSection,
    runtimeSection,
    contentionSection,
    'memory',
    'frames',
    'rest',
    'outputs',
    notesSection,
    'source',
    'recording',
    'machine',
  ],
  sectionOf,
);

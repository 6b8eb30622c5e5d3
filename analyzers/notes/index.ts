import type { Note } from '../note.js';
import { kernelNotes } from './kernelNotes.js';
import { ladderNotes } from './ladderNotes.js';
import { memoryNotes } from './memoryNotes.js';
import type { NoteSources } from './noteSources.js';
import { pageNotes } from './pageNotes.js';
import { recordingNotes } from './recordingNotes.js';
import { runNotes } from './runNotes.js';
import { traceNotes } from './traceNotes.js';

const ORDER: readonly Note['level'][] = ['warning', 'lack', 'info'];

/** What could not be measured or is doubtful, and why: warnings first, then what is missing. */
export function notes(sources: NoteSources): Note[] {
  const { input, gpu, kernelTotals, memory } = sources;
  const { manifest, page, baseline } = input;
  const list = [
    ...recordingNotes(sources),
    ...(manifest?.ladder ? ladderNotes(manifest.ladder) : []),
    ...(manifest ? runNotes(manifest, baseline, gpu) : page ? pageNotes(page, sources) : [NO_BUNDLE]),
    ...browserNotes(manifest ?? page),
    ...traceNotes(sources),
  ];
  if (kernelTotals) list.push(...kernelNotes(kernelTotals));
  // A profiling pass that could not be says so itself, above.
  else if (!page && !manifest?.collectors.kernels) list.push(NO_KERNELS);
  if (memory && manifest) list.push(...memoryNotes(memory, manifest));
  else if (!page && !manifest?.collectors.memory) list.push(NO_MEMORY);
  return list.sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
}

const NO_BUNDLE: Note = {
  id: 'no-bundle',
  level: 'lack',
  text: 'This is a trace without a run bundle: there is no timing pass, no native baseline and no description of the machine. Record one with "trace collect".',
};

const NO_KERNELS: Note = {
  id: 'no-kernels',
  level: 'lack',
  text: 'Time per operator was not recorded: it needs a profiling pass, as "trace collect" makes one.',
};

const NO_MEMORY: Note = {
  id: 'no-memory',
  level: 'lack',
  text: 'Memory over the run was not recorded: it needs a pass of its own, as "trace collect" makes one.',
};

function browserNotes(bundle: NoteSources['input']['manifest'] | NoteSources['input']['page']): Note[] {
  const browser = bundle?.browser;
  if (!browser?.softwareRendering) return [];
  return [{ id: 'software-rendering', level: 'info', text: `The browser renders in software (${browser.gpu}).` }];
}

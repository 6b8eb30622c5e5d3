import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { Note } from '../note.js';
import type { NoteSources } from './noteSources.js';

/** Below it what was found may well be something else. */
const UNSURE = 0.5;
/** Fewer inferences tell little of the next one. */
const FEW = 5;

/** What cannot be known of a page that was watched and not driven, and what is doubtful of its inferences. */
export function pageNotes({ page, baseline, collectors }: PageManifest, { found, split, latency, compile }: NoteSources): Note[] {
  const list: Note[] = [];
  const add = (level: Note['level'], id: string, text: string): number => list.push({ id, level, text });
  const { windows, confidence, confidenceWhy, warmup } = found ?? {
    windows: [],
    confidence: null,
    confidenceWhy: null,
    warmup: null,
  };
  if (confidence !== null && confidence < UNSURE) {
    add(
      'warning',
      'inferences-unsure',
      `That these are the page’s inferences is a guess (confidence ${confidence.toFixed(2)} of 1). ${confidenceWhy ?? ''} Name the user timing that is one with --mark.`,
    );
  }
  if (windows.length > 0 && windows.length < FEW) {
    const those = windows.length === 1 ? 'One inference was' : `${windows.length} inferences were`;
    add('warning', 'few-inferences', `${those} found: too few to know how long the next one takes. Record for longer.`);
  }
  if (page.fromStart && windows.length >= FEW && compile?.beforeTopTier?.jobs === 0) {
    add(
      'warning',
      'baseline-tier',
      `In this recording V8 compiled Wasm functions and optimized none, in spite of ${windows.length} inferences: they ran in its slow baseline tier. A debugger keeps them there: close DevTools, and whatever else debugs this page, and record it again.`,
    );
  }
  const lost = split ? windows.length - split.windows.length : 0;
  if (lost > 0) {
    add(
      'lack',
      'windows-not-sampled',
      `Of ${lost} of the ${windows.length} inferences there are no CPU samples: the page went on to another document before they were handed in, and its process had them. They count for the latency, and not for where the time goes.`,
    );
  }
  if (!page.fromStart) {
    add(
      'lack',
      'page-not-from-start',
      'The page was running when recording began, without hooks: its load and its first inference are not recorded, and its calls into Wasm and the GPU are known by samples and Chrome’s own events alone. Record it with --reload to have them.',
    );
  } else if (windows.length > 0 && warmup === null) {
    add('lack', 'no-warm-up', 'No inference stands out as the first one, so the warm-up is not known.');
  }
  add(
    'lack',
    'page-one-pass',
    'The page was recorded once, as it ran: how it differs between processes, time per operator and memory need a run that the tool drives itself.',
  );
  if (windows.length > 0 && (latency?.observerEffect ?? null) === null) {
    add(
      'lack',
      'page-observer-effect',
      'What recording costs this page is not known: that takes a page that measures its own inferences, and has been doing so before it is attached to with --mark.',
    );
  }
  if (baseline) {
    add(
      'info',
      'page-baseline',
      `The native run is of ${baseline.model}, with inputs drawn by seed ${baseline.seed}, after the recording: that the page runs this model is its author’s word, and what the page does around it is in its inferences and not in the native run.`,
    );
  } else if (collectors.baseline === undefined) {
    add(
      'lack',
      'no-baseline',
      'The model of a page is not known, so there is no native baseline and no gap. Name it with --baseline model.onnx.',
    );
  }
  for (const text of page.notes) add('info', 'page', text);
  for (const [id, { outcome, detail }] of Object.entries(collectors)) {
    if (outcome !== 'done') add('lack', `collector-${id}`, detail);
  }
  return list;
}

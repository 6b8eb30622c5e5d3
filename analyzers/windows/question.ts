import { inertText } from '../../src/text/inertText.js';
import { formatMs, formatShare } from '../../src/view/format.js';
import { fact, type Get, trace } from '../input.js';
import { lack, type Note, question, warning } from '../question.js';
import { GUESS } from './confidence.js';
import { commandToFind, foundWindows, splittableWindows } from './index.js';
import { describeInferences } from './inferences.js';
import { recurs, type SetUps, setUps } from './setUps.js';
import { view } from './view.js';

const sessions = fact('setUps', (get) => get.input.wasm && setUps(get.input.wasm));

/** Which stretches of time are inferences, and with what confidence. */
export const inferences = question({
  facts: {
    /** Sessions that a watched page created; null where no call is known to create one. */
    setUps: sessions,
    /** Null where inferences were found. It works as it stands, but its texts are untrusted: it is quoted for a shell. */
    commandToFind,
    /** How they were found in other people's code; null for a harness run, which marks its own. */
    inferences: fact('inferences', (get) => (get.input.manifest ? null : describeInferences(get(trace), get(foundWindows)))),
  },
  notes: (get) => (get.input.page ? [...doubts(get), ...setUpRecurs(get), ...gaps(get)] : []),
  view,
});

/** Fewer inferences say little about the next one. */
export const FEW_INFERENCES = 5;

function doubts(get: Get): Note[] {
  const found = get.maybe(foundWindows);
  if (!found) return [];
  const list: Note[] = [];
  const { windows, confidence, confidenceWhy } = found;
  if (confidence !== null && confidence < GUESS) {
    list.push(
      warning(
        'inferences-unsure',
        `That these are the page’s inferences is a guess (confidence ${confidence.toFixed(2)} of 1). ${confidenceWhy ?? ''} Name the user timing that is one with --mark.`,
      ),
    );
  }
  if (windows.length > 0 && windows.length < FEW_INFERENCES) {
    const those = windows.length === 1 ? 'One inference was' : `${windows.length} inferences were`;
    list.push(warning('few-inferences', `${those} found: too few to know how long the next one takes. Record for longer.`));
  }
  return list;
}

function setUpRecurs(get: Get): Note[] {
  const found = get.maybe(sessions);
  if (!found || !recurs(found)) return [];
  return [
    warning(
      'set-up-recurs',
      `A session is created again and again (${createdBy(found)}): ${found.count} times for ${found.runs} runs, ${formatMs(found.medianMs)} each, ${formatShare(found.share)} of the time of both. It is not part of the inferences here.`,
    ),
  ];
}

function createdBy({ exports, by }: SetUps): string {
  const names = exports.slice(0, 3).map((name) => inertText(name, 40));
  return `Wasm export ${names.join(', ')}${by === 'names' ? ', by its name' : ''}`;
}

/** Notes about what was not recorded of the inferences. */
function gaps(get: Get): Note[] {
  const list: Note[] = [];
  const windows = get.maybe(foundWindows)?.windows ?? [];
  const lost = windows.length - (get.maybe(splittableWindows)?.windows.length ?? windows.length);
  if (lost > 0) {
    list.push(
      lack(
        'windows-not-sampled',
        `Of ${lost} of the ${windows.length} inferences there are no CPU samples: the page went on to another document before they were handed in, and its process had them. They count for the latency, and not for where the time goes.`,
      ),
    );
  }
  if (!get.input.page?.page.fromStart) {
    list.push(
      lack(
        'page-not-from-start',
        'The page was running when recording began, without hooks: its load and its first inference are not recorded, and its calls into Wasm and the GPU are known by samples and Chrome’s own events alone. Record it with --reload to have them.',
      ),
    );
  } else if (windows.length > 0 && get(foundWindows).warmup === null) {
    list.push(lack('no-warm-up', 'No inference stands out as the first one, so the warm-up is not known.'));
  }
  return list;
}

import { fact, type Get, page, trace } from '../input.js';
import { lack, type Note, question, warning } from '../question.js';
import { windows } from '../windows/index.js';
import { type ColdStart, coldStartOf, type NumberedVisit } from './coldStart.js';
import { view } from './view.js';
import { readVisit, type VisitMarks } from './visit.js';

interface Lost {
  readonly name: string;
  /** Completes "left out: …". */
  readonly why: string;
}

/** The visits that were made in a profile, or the one that the recording itself shows. */
const readVisits = fact('readVisits', (get) => (get.input.visits ? visitsIn(get) : ownVisit(get)));

type Read = { readonly visits: readonly (NumberedVisit & Times)[]; readonly lost: readonly Lost[] };
type Times = { readonly setupMs: number | null; readonly warmupMs: number | null };

function visitsIn(get: Get): Read {
  const { log, recorded } = get.input.visits!;
  const marks: VisitMarks = {
    runId: get.input.manifest?.id ?? null,
    mark: get.input.mark ?? get.input.page?.page.mark ?? null,
    first: null,
  };
  const visits: Read['visits'][number][] = [];
  const lost: Lost[] = [];
  for (const [i, { series, number, setupMs, warmupMs }] of log.visits.entries()) {
    const file = recorded[i]!;
    const read = 'problem' in file ? null : readVisit(file.trace, marks);
    if (read) visits.push({ series, number, setupMs, warmupMs, read });
    else
      lost.push({
        name: `${series} ${number}`,
        why: 'problem' in file ? file.problem : 'it does not show the page being opened and inferring',
      });
  }
  return { visits, lost };
}

/**
 * A page that was recorded from its first line, or a trace of somebody who did so. Hooks stand between a page and WebAssembly, so what is
 * cached cannot be told of a page that was watched with them; and a run of the harness hands its modules on while they are compiled.
 */
function ownVisit(get: Get): Read | null {
  const hooked = get.input.manifest !== null || get.input.page !== null;
  if (hooked) return null;
  const found = get.maybe(windows);
  const starts = found ? [found.warmup, ...found.leading, ...found.windows].filter((window) => window !== null) : [];
  const first = starts.reduce<(typeof starts)[number] | null>(
    (one, other) => (one && one.startUs <= other.startUs ? one : other),
    null,
  );
  const read = readVisit(get(trace), { runId: null, mark: get.input.mark, first });
  return read && read.modules.length > 0
    ? { visits: [{ series: 'as-served', number: 1, setupMs: null, warmupMs: null, read }], lost: [] }
    : null;
}

const coldStartFact = fact('coldStart', (get): ColdStart | null => {
  const read = get.maybe(readVisits);
  return read && coldStartOf(read.visits, get.input.visits?.log.builds ?? []);
});

/** What stands before the first inference of a page, in a first visit and in later ones. */
export const coldStart = question({
  facts: { coldStart: coldStartFact },
  notes: (get) => {
    const { visits } = get.input;
    if (!visits) return [];
    const read = get.maybe(readVisits);
    return [...lostNotes(read?.lost ?? [], visits.log.visits.length), ...lacks(get)];
  },
  view,
});

function lostNotes(lost: readonly Lost[], all: number): Note[] {
  if (lost.length === 0) return [];
  const named = lost.slice(0, 3).map(({ name, why }) => `${name} (${why})`);
  return [warning('visits-lost', `Of ${all} visits ${all - lost.length} can be read. Left out: ${named.join(', ')}.`)];
}

function lacks(get: Get): Note[] {
  const known = get.maybe(coldStartFact);
  const { visitsAsked, visits } = get.input.visits!.log;
  if (!known)
    return [
      lack('no-cold-start', 'No first visit of the page can be read, so what stands before its first inference is not known.'),
    ];
  const served = visits.filter(({ series }) => series === 'as-served').length;
  return [
    ...(served < visitsAsked ? [warning('visits-stopped', `The visits ended after ${served} of ${visitsAsked}.`)] : []),
    ...(known.until === 'rest' && get.maybe(page)
      ? [
          lack(
            'visits-no-inference',
            'Where the first inference of a visit ended is not known: the page names none, so the visit is told until the last that was loaded or compiled. Name one of its measures with --mark.',
          ),
        ]
      : []),
  ];
}

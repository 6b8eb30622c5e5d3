import { plural } from '../../src/view/format.js';
import { gpuRealmsOnTrace } from '../activity/gpu/realm.js';
import { fact, manifest } from '../input.js';
import { latencies } from '../latency/index.js';
import { ownProfile } from '../operators/ortProfile.js';
import { info, type Note, question, warning } from '../question.js';
import { foundWindows } from '../windows/index.js';
import { type Fallbacks, fallbacksOf, isOnPurpose } from './fallbacks.js';
import { readBacksAmid } from './readBacksAmid.js';
import { view } from './view.js';

const told = fact('fallbacks', (get) =>
  fallbacksOf({
    manifest: get.input.manifest,
    profile: get.maybe(ownProfile) ?? get.input.kernels?.browser ?? null,
    timedMs: get.maybe(latencies)?.prediction?.medianMs ?? null,
  }),
);

/** Where each operator ran, and what it costs that some ran elsewhere than asked. */
export const placement = question({
  facts: {
    /** As the framework placed them; null where it does not tell. */
    placement: fact('placement', (get) => get(manifest).placement ?? null),
    /** The same with what they cost; null where nothing was to run on a device. */
    fallbacks: told,
    /** Read-backs in the midst of inferences; null where no calls of a GPU were recorded. */
    readBacksAmid: fact('readBacksAmid', (get) => readBacksAmid(get(gpuRealmsOnTrace), get(foundWindows))),
  },
  notes: (get) => {
    const known = get.maybe(told);
    return known ? placementNotes(known, get.input.manifest?.placement?.source ?? null) : [];
  },
  view,
});

const NAMED_OPERATORS = 4;

/** @param source where this is from, as the end of a sentence */
export function placementNotes({ backend, onBackend, elsewhere, lacking, types }: Fallbacks, source: string | null): Note[] {
  if (elsewhere === 0) return [];
  // What runs elsewhere on purpose is named only where nothing else does.
  const all = types.filter(({ isOnBackend }) => !isOnBackend);
  const own = [...all].sort((a, b) => Number(isOnPurpose(a.why)) - Number(isOnPurpose(b.why)) || b.count - a.count);
  const named = own.slice(0, NAMED_OPERATORS).map(({ operator, count }) => `${operator} ${count}`);
  const rest = own.length > NAMED_OPERATORS ? ', …' : '';
  const providers = [...new Set(own.map(({ provider }) => provider))].join(', ');
  const purpose = elsewhere - lacking;
  const why = purpose === 0 ? '' : ` ${plural(purpose, 'operator')} of these on purpose: small, or with inputs that were there.`;
  const text = `${elsewhere} of ${onBackend + elsewhere} operators (${named.join(', ')}${rest}) ran on the ${providers}, not on ${backend}${source ? `, ${source}` : ''}.${why}`;
  return [lacking > 0 ? warning('placed-elsewhere', text) : info('placed-elsewhere', text)];
}

import { lastPart } from '../../src/text/lastPart.js';
import { type Block, type Column, figure, type Line, lead, line, list, remark, table } from '../../src/view/block.js';
import { formatBytes, formatCi95, formatMs, formatName, formatPlural, formatShare } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { UnneededBundle } from './bundles.js';
import { type ShownVisit, visitsChart } from './chart.js';
import type { CachedModule, ColdStart, Visit, VisitEstimate } from './coldStart.js';
import { type PartId, partIds, parts } from './parts.js';
import type { StartRequest, Until } from './visit.js';

/** What stands before the first inference of a page. */
export const view: View<{ readonly coldStart: ColdStart | null }> = {
  id: 'cold-start',
  title: 'From opening the page to the first inference',
  words: {
    'First visit': 'A visit in a fresh profile: the browser has kept nothing of the page.',
    'Later visit': 'A visit in the same profile, in a new browser: of several the one of the median length.',
    'Code cache': 'Compiled Wasm that the browser keeps on disk together with the response that it was compiled from.',
    ...Object.fromEntries(partIds.map((id) => [parts[id].title, parts[id].meaning])),
  },
  blocks: ({ coldStart }) => (coldStart ? blocks(coldStart) : []),
  brief: ({ coldStart }) => (coldStart ? brief(coldStart) : []),
};

function blocks(start: ColdStart): Block[] {
  const shown = shownVisits(start);
  return [
    lead(answer(start)),
    figure(visitsChart(shown), 'Each visit from navigation', legend(shown)),
    table(`Until ${UNTIL[start.until]}`, partColumns(shown), partRows(shown)),
    ...moduleBlocks(shown),
    ...(start.unneeded.length > 0 ? [list(start.unneeded.map(unneededText))] : []),
    ...visitBlocks(start),
    table('Requests of the first visit', requestColumns, start.firstVisit.requests, 15, start.firstVisit.requestsLeftOut),
    remark(
      'Each moment has one part: what the thread that infers does comes first, then the page’s main thread, then its other threads, then the GPU process, then requests on their way. Decoding that goes on while a module is downloaded is hidden behind the download.',
    ),
  ];
}

const UNTIL: Readonly<Record<Until, string>> = {
  'first inference': 'the end of the first inference',
  'named timing': 'the end of the first inference, as the page names it',
  rest: 'the last that was loaded or compiled',
};

function shownVisits({ firstVisit, laterVisit, bytesHandedOver, visits }: ColdStart): ShownVisit[] {
  return [
    { title: visits.length === 1 ? 'This visit' : 'First visit', visit: firstVisit },
    ...(laterVisit ? [{ title: 'Later visit', visit: laterVisit }] : []),
    ...(bytesHandedOver ? [{ title: 'Later, bytes handed over', visit: bytesHandedOver.laterVisit }] : []),
  ];
}

function legend(shown: readonly ShownVisit[]) {
  const drawn = new Set(shown.flatMap(({ visit }) => visit.parts.map(({ id }) => id)));
  return partIds.filter((id) => drawn.has(id)).map((id) => ({ fill: parts[id].fill, text: parts[id].title }));
}

interface PartRow {
  readonly id: PartId | 'total';
  readonly ms: readonly (number | null)[];
}

function partColumns(shown: readonly ShownVisit[]): readonly Column<PartRow>[] {
  return [
    {
      id: 'part',
      head: 'Part',
      kind: 'text',
      value: ({ id }) => (id === 'total' ? 'Together' : parts[id].title),
      fill: ({ id }) => (id === 'total' ? null : parts[id].fill),
    },
    { id: 'id', head: 'Id', kind: 'text', value: ({ id }) => id, in: ['data'] },
    ...shown.map(
      ({ title }, i): Column<PartRow> => ({
        id: ['firstVisitMs', 'laterVisitMs', 'bytesHandedOverMs'][title.startsWith('Later,') ? 2 : i]!,
        head: title,
        kind: 'ms',
        value: ({ ms }) => ms[i] ?? null,
      }),
    ),
    {
      id: 'meaning',
      head: 'What it is',
      kind: 'text',
      value: ({ id }) => (id === 'total' ? '' : parts[id].meaning),
      in: ['page'],
    },
  ];
}

function partRows(shown: readonly ShownVisit[]): PartRow[] {
  const of = (id: PartId) => shown.map(({ visit }) => visit.parts.find((part) => part.id === id)?.ms ?? 0);
  const own = partIds.filter((id) => of(id).some((ms) => ms > 0)).map((id): PartRow => ({ id, ms: of(id) }));
  return [...own, { id: 'total', ms: shown.map(({ visit }) => visit.totalMs) }];
}

interface ModuleRow extends CachedModule {
  readonly visit: string;
}

const COMPILED_FROM: Readonly<Record<CachedModule['compiledFrom'], string>> = {
  stream: 'as it arrived',
  bytes: 'bytes, handed over',
  mime: 'bytes, as streaming was refused',
};

const moduleColumns: readonly Column<ModuleRow>[] = [
  { id: 'visit', head: 'Visit', kind: 'text', value: ({ visit }) => visit },
  {
    id: 'module',
    head: 'Module',
    kind: 'code',
    value: ({ url }) => url,
    limit: 60,
    short: { value: ({ url }) => url && lastPart(url) },
  },
  { id: 'bytes', head: 'Bytes', kind: 'bytes', value: ({ bytes }) => bytes },
  { id: 'source', head: 'Came from', kind: 'text', value: ({ source }) => source },
  { id: 'compiledFrom', head: 'Compiled', kind: 'text', value: ({ compiledFrom }) => COMPILED_FROM[compiledFrom] },
  { id: 'codeCache', head: 'Code cache', kind: 'text', value: ({ codeCache }) => codeCache },
  { id: 'consumedBytes', head: 'Code read', kind: 'bytes', value: ({ consumedBytes }) => consumedBytes },
  { id: 'producedBytes', head: 'Code kept', kind: 'bytes', value: ({ producedBytes }) => producedBytes },
  { id: 'reasonId', head: 'CacheReason id', kind: 'text', value: ({ reason }) => reason?.id ?? null, in: ['data'] },
  { id: 'reason', head: 'Why not', kind: 'text', value: whyNot, in: ['page', 'data'] },
];

function whyNot({ codeCache, reason, producedBytes }: CachedModule): string | null {
  if (reason) return reason.text;
  return codeCache === 'miss' || (codeCache === 'none yet' && producedBytes === null) ? 'not known' : null;
}

function moduleBlocks(shown: readonly ShownVisit[]): Block[] {
  const rows = shown.flatMap(({ title, visit }) => visit.modules.map((module) => ({ ...module, visit: title })));
  return rows.length === 0 ? [] : [table('Wasm modules and the code cache', moduleColumns, rows)];
}

type VisitRow = ColdStart['visits'][number];

const visitColumns: readonly Column<VisitRow>[] = [
  { id: 'series', head: 'Module', kind: 'text', value: ({ series }) => (series === 'bytes' ? 'bytes handed over' : 'as served') },
  { id: 'number', head: 'Visit', kind: 'count', value: ({ number }) => number },
  { id: 'totalMs', head: 'To the first inference', kind: 'ms', value: ({ totalMs }) => totalMs },
  { id: 'setupMs', head: 'Setup', kind: 'ms', value: ({ setupMs }) => setupMs },
  { id: 'warmupMs', head: 'Warm-up', kind: 'ms', value: ({ warmupMs }) => warmupMs },
  { id: 'lazyFunctions', head: 'Functions compiled when called', kind: 'count', value: ({ lazyFunctions }) => lazyFunctions },
];

const visitBlocks = ({ visits }: ColdStart): Block[] => (visits.length < 2 ? [] : [table('All visits', visitColumns, visits)]);

const requestColumns: readonly Column<StartRequest>[] = [
  { id: 'url', head: 'Request', kind: 'code', value: ({ url }) => url, limit: 80 },
  { id: 'type', head: 'Type', kind: 'text', value: ({ type }) => type },
  { id: 'source', head: 'Came from', kind: 'text', value: ({ source }) => source },
  { id: 'bytes', head: 'Bytes', kind: 'bytes', value: ({ bytes }) => bytes },
  { id: 'startMs', head: 'Asked for at', kind: 'ms', value: ({ startMs }) => startMs },
  { id: 'ms', head: 'Took', kind: 'ms', value: ({ ms }) => ms },
];

/** Parts of which a sentence tells. */
const NAMED = 3;

function answer(start: ColdStart): string {
  const { firstVisit, laterVisit, spared, sparedParts, bytesHandedOver, until } = start;
  const largest = [...firstVisit.parts].sort((a, b) => b.ms - a.ms).slice(0, NAMED);
  const named = largest.map(({ title, share }) => `${title.toLowerCase()} ${formatShare(share)}`).join(', ');
  const first = `${laterVisit ? 'In a first visit' : 'In this visit'} it takes ${formatMs(firstVisit.totalMs)} from opening the page to ${UNTIL[until]}: ${named}.`;
  const gains = sparedParts.filter(({ ms }) => ms > 0).slice(0, 2);
  const later =
    laterVisit && spared
      ? ` A later one takes ${formatMs(laterVisit.totalMs)}${gains.length > 0 && spared.ms > 0 ? `, with ${gains.map(({ part, ms }) => `${formatMs(ms)} less for ${parts[part].title.toLowerCase()}`).join(' and ')}` : ''}. ${cacheText(laterVisit)}`
      : '';
  const handedOver = bytesHandedOver ? ` ${sparesText(bytesHandedOver.codeCacheSpares)}` : '';
  return `${first}${later}${handedOver}`;
}

/** Whether the later visit found compiled code. */
export function cacheText({ modules }: Visit): string {
  const [largest] = [...modules].sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
  if (!largest) return 'No Wasm module was compiled in it.';
  const name = largest.url === null ? 'Its Wasm' : formatName(lastPart(largest.url), 60);
  if (largest.codeCache === 'hit') return `${name} came compiled from the code cache.`;
  return `${name} was compiled anew: ${largest.reason?.text ?? 'why no compiled code was found is not known.'}`;
}

function sparesText({ ms, ci95Ms, visits }: VisitEstimate): string {
  const sure = ci95Ms ? `, ${formatCi95(ci95Ms, ms)}` : ', without an interval';
  const beside = 'Against the same page with the bytes handed over,';
  if (ci95Ms !== null && ci95Ms[0] > 0)
    return `${beside} the code cache spares ${formatMs(ms)} of each later visit (measured${sure}).`;
  const told = `${formatMs(ms)}${sure}, of ${formatPlural(visits, 'later visit')}`;
  return `${beside} what the code cache spares of a later visit is not told from nothing (${told}): more --visits would narrow it.`;
}

export function unneededText({ file, isFor, bytes, instead, insteadBytes }: UnneededBundle): string {
  const size = bytes === null ? '' : ` (${formatBytes(bytes)})`;
  const plain = insteadBytes === null ? 'its size is not known' : formatBytes(insteadBytes);
  return `${file}${size} holds what ${isFor} need, and the page sent nothing to a GPU: ${instead} would do (${plain}).`;
}

function brief(start: ColdStart): Line[] {
  const { firstVisit, laterVisit, bytesHandedOver, unneeded } = start;
  const largest = [...firstVisit.parts].sort((a, b) => b.ms - a.ms).slice(0, NAMED);
  const named = largest.map(({ title, ms }) => `${title.toLowerCase()} ${formatMs(ms)}`).join(', ');
  return [
    line(laterVisit ? 'First visit' : 'This visit', `${formatMs(firstVisit.totalMs)} to ${UNTIL[start.until]}: ${named}`),
    ...(laterVisit ? [line('Later visit', `${formatMs(laterVisit.totalMs)}. ${cacheText(laterVisit)}`)] : []),
    ...(bytesHandedOver ? [line('Code cache', sparesText(bytesHandedOver.codeCacheSpares))] : []),
    ...unneeded.map((each) => line('Not needed', unneededText(each))),
  ];
}

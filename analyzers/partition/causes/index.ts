import { type Paint, paint, UNKNOWN_FILL } from '../../../src/view/palette.js';
import type { Cause } from './cause.js';
import { contention } from './contention.js';
import { gpu } from './gpu.js';
import { isa } from './isa.js';
import { page } from './page.js';
import { runtime } from './runtime.js';
import { wait } from './wait.js';

export type { Cause } from './cause.js';
export { contention } from './contention.js';
export { gpu } from './gpu.js';
export { isa } from './isa.js';
export { page } from './page.js';
export { runtime } from './runtime.js';
export { wait } from './wait.js';

/**
 * The families of causes, in the order of stacked charts. Inside a family the order is that of its file.
 *
 * Each family has a hue, and each cause in it a lightness: isa blue, runtime amber, page red, contention purple, gpu
 * green, wait slate, the rest grey.
 * Within gpu, the device is green, the steps before it are teal, waiting and moving bytes a yellower green. The hues follow the
 * sets of Okabe & Ito and Paul Tol, which people with the common kinds of colour blindness can tell apart.
 */
export const families = {
  isa: { causes: isa, fill: '#3f86c6', terminal: 'blue' },
  runtime: { causes: runtime, fill: '#c98a1b', terminal: 'yellow' },
  page: { causes: page, fill: '#d1495b', terminal: 'red' },
  contention: { causes: contention, fill: '#a95f92', terminal: 'magenta' },
  gpu: { causes: gpu, fill: '#3a9a80', terminal: 'green' },
  wait: { causes: wait, fill: '#74829a', terminal: 'cyan' },
} as const;

export type FamilyName = keyof typeof families;

/** Time that no rule claims. */
const unattributed = {
  title: 'Unattributed',
  meaning: 'No rule claims this time.',
  fill: UNKNOWN_FILL,
  frames: { engine: ['(program)', '(root)'] },
  evidence: ({ own, stretches }) => own ?? (stretches > 0 ? 'stretches without samples' : null),
} as const satisfies Cause;

/** The type of every cause by its id, with its literal rules. */
export type CausesById = {
  readonly [Known in KnownCause as Known['id']]: Known;
} & { readonly unattributed: typeof unattributed };

type KnownCause = { [Name in FamilyName]: Values<(typeof families)[Name]['causes']> }[FamilyName];
type Values<Of> = Of[keyof Of];

/** Id of a cause. Ids are stable, as they appear in `--json` and in other people's scripts. */
export type CauseId = keyof CausesById;

/** The causes of the partition, in the order of stacked charts. The README says how each is recognized. */
export const causes: Readonly<Record<CauseId, Cause>> = Object.fromEntries<Cause>([
  ...Object.values(families).flatMap((each) => Object.values(each.causes).map((cause) => [cause.id, cause] as const)),
  ['unattributed', unattributed],
]) as Record<CauseId, Cause>;

export const causeIds = Object.keys(causes) as readonly CauseId[];

/** The family of a cause's id; null for `unattributed`, and for text from a document that is no such id. */
export function familyOf(id: string): FamilyName | null {
  const name = id.split('.')[0]!;
  return Object.hasOwn(families, name) ? (name as FamilyName) : null;
}

/** The cause with an id, or null. The id may be text from a document. */
export function causeOf(id: string): Cause | null {
  return Object.hasOwn(causes, id) ? causes[id as CauseId] : null;
}

/**
 * The title of a cause inside a sentence. "Garbage collection" → "garbage collection"; "GPU sync", "JavaScript glue" and "Wasm" stay.
 * In "on the way", "on" is left out.
 */
export function midSentence(title: string): string {
  const inside = /^(?!Wasm\b)[A-Z][a-z]+(?![\w])/.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title;
  return inside.replace(/^on the way to /, 'the way to ');
}

/** Colour of a cause. The id may be text from a document: an unknown cause has the colour of its family, or grey. */
export function causePaint(id: string): Paint {
  const family = familyOf(id);
  return paint(causeOf(id)?.fill ?? (family === null ? UNKNOWN_FILL : families[family].fill));
}

/** Every fill that `causePaint` may return. */
export const causeFills: readonly string[] = [
  ...Object.values(causes).map(({ fill }) => fill),
  ...Object.values(families).map(({ fill }) => fill),
];

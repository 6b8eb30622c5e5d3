import { durationMs } from '../../collectors/durationMs.js';
import { WHAT_IFS, type WhatIfId } from '../../collectors/ladder/whatIfs.js';
import { PASS_NAMES, type PassName } from '../../collectors/passes.js';
import { UsageError } from './explain.js';

/** @throws UsageError if the value of `--iterations` is not a valid number of predictions */
export function checkIterations(iterations: number | undefined): void {
  if (iterations === undefined || (Number.isInteger(iterations) && iterations >= 1)) return;
  throw new UsageError('--iterations is a whole number from 1 on.');
}

/** More would take long, and tell nothing new. */
const MOST_VISITS = 20;

/** @throws UsageError if the value of `--visits` is not a number of visits of which there is a later one */
export function checkVisits(visits: number | undefined): void {
  if (visits === undefined || (Number.isInteger(visits) && visits >= 2 && visits <= MOST_VISITS)) return;
  throw new UsageError(`--visits is a whole number from 2 to ${MOST_VISITS}: a first visit, and later ones.`);
}

/** A duration like 90s, 5m or 1.5h, in ms. @throws UsageError that names the option */
export function parseDuration(option: string, text: string): number {
  const ms = durationMs(text);
  if (ms === null) throw new UsageError(`${option} is a duration like 90s, 5m or 1h, not "${text}".`);
  return ms;
}

/** A percentage like 10% or 2.5, as a fraction. @throws UsageError that names the option */
export function parsePercent(option: string, text: string): number {
  const [, amount] = /^(\d+(?:\.\d+)?) ?%?$/.exec(text.trim()) ?? [];
  const percent = Number(amount);
  if (!(percent > 0 && percent <= 1000)) throw new UsageError(`${option} is a percentage like 10% or 2.5%, not "${text}".`);
  return percent / 100;
}

const SIZES: Readonly<Record<string, number>> = { '': 1, B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** A size like 500MB, 4GB or 1.5 TB, or plain bytes, in bytes. @throws UsageError that names the option */
export function parseSize(option: string, text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?([kmgt]?b)?$/i.exec(text.trim()) ?? [];
  const bytes = Number(amount) * SIZES[(unit ?? '').toUpperCase()]!;
  if (!(bytes >= 1 && Number.isSafeInteger(Math.round(bytes))))
    throw new UsageError(`${option} is a size like 500MB or 4GB, not "${text}".`);
  return Math.round(bytes);
}

/**
 * Names of passes as `--passes` takes them, separated by commas. @throws UsageError if there is no such pass, or none is named
 */
export function parsePasses(text: string): readonly PassName[] {
  const given = namesIn(text);
  const unknown = given.find((name) => !(PASS_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--passes has no pass "${unknown}"; there are ${PASS_NAMES.join(', ')}.`);
  }
  return PASS_NAMES.filter((name) => given.includes(name));
}

/**
 * What `--what-if` asks for: `all`, or names separated by commas. The same page again is always measured, so that the others can be told from nothing.
 * @throws UsageError if there is no such thing
 */
export function parseWhatIf(text: string): readonly WhatIfId[] {
  const given = namesIn(text);
  if (given.includes('all')) return WHAT_IFS;
  const unknown = given.find((name) => !(WHAT_IFS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    const always = ALWAYS.includes(unknown) ? ` Every --ladder measures ${unknown}.` : '';
    throw new UsageError(`--what-if has no "${unknown}"; there are all, ${WHAT_IFS.join(', ')}.${always}`);
  }
  return WHAT_IFS.filter((name) => name === 'same' || given.includes(name));
}

/** What the ladder's own rungs change, with their usual names. */
const ALWAYS: readonly string[] = ['threads', 'simd', 'tiers', 'bounds', 'stack', 'main', 'worker'];

const namesIn = (text: string): string[] => text.split(',').map((name) => name.trim());

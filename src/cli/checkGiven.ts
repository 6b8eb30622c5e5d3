import { inertText } from '../text/inertText.js';
import { nearest } from '../text/nearest.js';
import { UsageError, withHint } from './explain.js';

/** Options that mean something without a value, which is then an empty text. */
const SWITCHES = new Set(['attach']);

type Given = Readonly<Record<string, unknown>>;

/**
 * Refuses options that a command does not have, that are given twice, or that are empty.
 * @param known the options of the command, as yargs keeps them
 * @throws UsageError
 */
export function checkGiven(given: Given, known: unknown): true {
  const { array, ...options } = known as KnownOptions;
  refuseUnknown(given, options);
  const lists = new Set(['_', ...array]);
  const repeated = Object.keys(given).find((name) => Array.isArray(given[name]) && !lists.has(name));
  if (repeated !== undefined) throw new UsageError(`--${repeated} was given more than once.`);
  const empty = Object.keys(given).find((name) => !SWITCHES.has(name) && [given[name]].flat().includes(''));
  if (empty !== undefined) throw new UsageError(`The value of "${empty}" is empty: give one, or leave it out.`);
  return true;
}

interface KnownOptions {
  /** Names of those that may be given several times. */
  readonly array: readonly string[];
  readonly key: Readonly<Record<string, unknown>>;
  readonly alias: Readonly<Record<string, readonly string[]>>;
}

function refuseUnknown(given: Given, { key, alias }: Omit<KnownOptions, 'array'>): void {
  const known = [...new Set([...Object.keys(key), ...Object.entries(alias).flatMap(([name, others]) => [name, ...others])])];
  const unknown = Object.keys(given).find((name) => name !== '_' && name !== '$0' && !known.includes(name));
  if (unknown === undefined) return;
  const asTyped = `${unknown.length === 1 ? '-' : '--'}${inertText(unknown, 60)}`;
  const meant = nearest(
    kebab(unknown),
    known.filter((name) => name.length > 1),
  );
  const hint = meant === null ? '' : ` Did you mean --${meant}?`;
  const [command] = [given._].flat();
  throw new UsageError(withHint(`Unknown option ${asTyped}.${hint}`, typeof command === 'string' ? command : undefined));
}

/** maxSize → max-size: options are written in one way. */
const kebab = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

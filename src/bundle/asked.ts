import { z } from 'zod';
import { shellQuoted } from '../text/shellQuoted.js';
import { text } from './schemaParts.js';

/** Options of `trace collect` that say how much to record. What was recorded of what, a manifest holds anyway. */
const FLAGS = [
  'package',
  'js-flags',
  'iterations',
  'processes',
  'passes',
  'ladder',
  'what-if',
  'budget',
  'qoe',
  'visits',
  'duty',
  'rate',
  'qoe-backend',
  'video',
  'labels',
  'classes',
  'detects',
  'mark',
  'duration',
  'until',
  'last',
  'baseline',
  'counts',
] as const;
const KNOWN: ReadonlySet<string> = new Set(FLAGS);

/** Whether an option is one of those. */
export const isAskedFlag = (flag: string): boolean => KNOWN.has(flag);

/** Those options, as the user gave them. A switch has no value. */
export const askedSchema = z.array(z.object({ flag: text, values: z.array(text).max(64) })).max(64);

export type Asked = z.infer<typeof askedSchema>;

/** Picks them out of the parsed options of the command. */
export function askedOf(given: object): Asked {
  const values = new Map(Object.entries(given));
  return FLAGS.flatMap((flag) => {
    const value: unknown = values.get(flag);
    if (value === undefined || value === false) return [];
    return [{ flag, values: value === true ? [] : [value].flat().map(String) }];
  });
}

/**
 * The options as words for a shell. They come from a bundle: values are quoted.
 * @returns null where an option is none of those, or a value cannot be written in a shell
 */
export function askedText(asked: Asked): string | null {
  const words = asked.flatMap(({ flag, values }) => {
    if (!isAskedFlag(flag)) return [null];
    const quoted = values.map(shellQuoted);
    return quoted.length === 0 ? [`--${flag}`] : quoted.map((value) => value && `--${flag} ${value}`);
  });
  return words.includes(null) ? null : words.join(' ');
}

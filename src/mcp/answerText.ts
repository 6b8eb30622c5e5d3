import { INVISIBLE, inertText } from '../text/inertText.js';
import { formatPlural } from '../view/format.js';
import type { Answer } from './tool.js';

/** Maximum length of an answer's text, and of one of its lines. */
const TEXT_LIMIT = 2000;
const LINE_LIMIT = 480;
/** Longer texts of the data are cut: a page can make one of megabytes. A command with the longest address is shorter. */
const DATA_LIMIT = 4500;
/** For the fence, and the line that counts what is left out. */
const LEFT_OUT = 80;

/**
 * An answer as short Markdown. What may hold names from a recording stands in a fence that no name can close, one line each; lines
 * beyond the limit are counted.
 */
export function answerText({ head, lines, next }: Pick<Answer<unknown>, 'head' | 'lines' | 'next'>): string {
  const inert = lines.map(inertLine);
  const ticks = inert.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(2, ...ticks) + 1);
  const shown = fitting(inert, TEXT_LIMIT - head.length - next.length - 2 * fence.length - LEFT_OUT);
  const leftOut = inert.length - shown.length;
  return [
    head,
    `${fence}text\n${shown.join('\n')}\n${fence}`,
    ...(leftOut > 0 ? [`${formatPlural(leftOut, 'further line')} left out; the data has more.`] : []),
    ...(next === '' ? [] : [next]),
  ].join('\n\n');
}

/** The first lines that fit. */
function fitting(lines: readonly string[], characters: number): readonly string[] {
  let room = characters;
  const end = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

/** Spaces at its begin stay. */
function inertLine(line: string): string {
  const indent = /^ */.exec(line.slice(0, LINE_LIMIT))![0];
  return indent + inertText(line.slice(indent.length), LINE_LIMIT).trim();
}

/**
 * Data that is safe to give to an agent and to print: text from outside is one line without anything invisible, and not endless.
 * What is no number becomes null, as in JSON.
 */
export function inertData(value: unknown): unknown {
  if (typeof value === 'string') return inertString(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(inertData);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inertData(each)]));
}

/** As it is where nothing in it is hidden, so that a path still leads where it did. */
const inertString = (text: string): string =>
  text.length <= DATA_LIMIT && text.search(INVISIBLE) < 0 ? text : inertText(text, DATA_LIMIT);

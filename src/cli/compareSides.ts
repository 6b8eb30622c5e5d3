import { dirname } from 'node:path';
import type { CollectOptions } from '../../collectors/collectOptions.js';
import type { CollectResult } from '../../collectors/collectResult.js';
import type { PassName } from '../../collectors/passes.js';
import type { Progress } from '../../collectors/progress.js';
import type { Compare } from '../bundle/compare.js';
import { inertText } from '../text/inertText.js';
import { checkGiven } from './checkGiven.js';
import { type CollectArguments, checkArguments, pageOf, v8FlagsOf, withDefaults } from './collectArguments.js';
import { collectIntoFolder } from './collectFromPage.js';
import { collectCommand } from './commands/collect.js';
import { UsageError } from './explain.js';
import { modelWorkload } from './modelWorkload.js';
import { parser } from './parser.js';

/** One of the two things that are compared. */
export type ComparedSide = ComparedModel | ComparedPage;

export interface ComparedModel {
  readonly kind: 'model';
  readonly plan: Compare['plan']['a'];
  /** How one process of it is recorded. */
  options(folder: string): CollectOptions;
}

export interface ComparedPage {
  readonly kind: 'page';
  readonly plan: Compare['plan']['a'];
  /** Records one process of it into a new folder. */
  record(folder: string, progress: Progress, signal: AbortSignal): Promise<CollectResult>;
}

/** How a side is given on the command line. */
export interface GivenSide {
  readonly name: string;
  /** Options of `trace collect`. */
  readonly words: readonly string[];
}

const NAMED = /^([\w.-]{1,40})=([\s\S]*)$/;

/**
 * A side as it was typed: `name=<options of collect>`, the address of a page, or a model.
 * @param place what it is called where it has no name
 */
export function givenSide(text: string, place: 'a' | 'b'): GivenSide {
  if (/^https?:\/\//.test(text)) return { name: place, words: [text] };
  const [, name, options] = NAMED.exec(text) ?? [];
  return name === undefined ? { name: place, words: ['--model', text] } : { name, words: wordsOf(options!) };
}

/** A word of a command line, parts of which may be in quotes. */
const WORD = /(?:[^\s"']|"[^"]*"|'[^']*')+/g;
const QUOTED = /"([^"]*)"|'([^']*)'/g;

/** The words of a line of options, as a shell without variables splits it. @throws UsageError if a quote is not closed */
function wordsOf(line: string): string[] {
  if (line.replace(WORD, '').trim() !== '') throw new UsageError(`A quote is not closed in ${inertText(line, 100)}`);
  const words = line.match(WORD) ?? [];
  return words.map((word) => word.replace(QUOTED, (_, double?: string, single?: string) => double ?? single ?? ''));
}

/** What makes a difference between two processes; how they are measured is the comparison's. */
const ALLOWED: ReadonlySet<string> = new Set([
  ...['model', 'input', 'framework', 'backend', 'threads', 'simd', 'isolation', 'on', 'seed', 'js-flags', 'package'],
  ...['url', 'mark', 'duration', 'until', 'iterations'],
]);
/** They are there without being given. */
const ALWAYS = new Set(['_', '$0', 'quiet']);

/** Of a page whose end nobody named: every process is recorded so long. */
const PAGE_DURATION = '5s';

/**
 * Prepares a side: checks its options, writes its model to disk, and fetches the build that it names.
 * @param both options of both sides
 * @param passes of a model's processes
 * @throws UsageError, ModelError or CollectError if it cannot be recorded
 */
export async function comparedSide(
  { name, words }: GivenSide,
  both: string,
  passes: readonly PassName[],
  progress: Progress,
  signal: AbortSignal,
): Promise<ComparedSide> {
  const options = [...words, ...wordsOf(both)];
  const given = await ofSide(name, () => parsed(options));
  const stray = Object.keys(given).find(
    (key) => !ALWAYS.has(key) && !ALLOWED.has(key) && given[key as keyof CollectArguments] !== undefined,
  );
  if (stray !== undefined) throw new UsageError(`${inertText(name)}: --${stray} has no meaning in a comparison.`);
  const plan = { name, options };
  const v8Flags = await ofSide(name, async () => v8FlagsOf(given));
  const page = await ofSide(name, async () =>
    pageOf(given.url === undefined || ends(given) ? given : { ...given, duration: PAGE_DURATION }),
  );
  if (page) {
    if (!('url' in page.source))
      throw new UsageError(`${inertText(name)}: an open tab has one process; give the page’s address.`);
    const { source } = page;
    return {
      kind: 'page',
      plan: { ...plan, subject: source.url },
      record: async (folder, own, stop) => {
        const recording = { ...page, out: folder, asked: [], baseline: null, finished: new AbortController().signal };
        const { result } = await collectIntoFolder({ ...recording, ...(v8Flags && { v8Flags }) }, own, stop, dirname(folder));
        return result;
      },
    };
  }
  if (given.iterations !== undefined)
    throw new UsageError(
      `${inertText(name)}: --iterations is for a page here. A model’s predictions take turns with the other’s for some seconds; --processes says how often.`,
    );
  const args = withDefaults(given);
  await ofSide(name, async () => checkArguments(args));
  const workload = await modelWorkload(args, progress, signal);
  return {
    kind: 'model',
    plan: { ...plan, subject: `${workload.model.name} ${workload.model.sha256}` },
    options: (folder) => ({
      ...workload,
      folder,
      passes,
      processes: 1,
      qoe: null,
      ladder: null,
    }),
  };
}

const ends = ({ duration, until, iterations }: CollectArguments): boolean =>
  duration !== undefined || until !== undefined || iterations !== undefined;

/** A mistyped option is said to be of the side. */
async function ofSide<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${inertText(name)}: ${error.message}`);
    throw error;
  }
}

async function parsed(words: readonly string[]): Promise<CollectArguments> {
  let given: CollectArguments | null = null;
  await parser([])
    .command({
      command: 'collect [url]',
      describe: false,
      builder: collectCommand.builder as never,
      handler: (args) => {
        given = args as unknown as CollectArguments;
      },
    })
    .check(checkGiven)
    .strictCommands()
    .version(false)
    .help(false)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    })
    .parseAsync(['collect', ...words]);
  return given!;
}

import type { Argv } from 'yargs';
import { countInferences, findInferences } from '../../analyzers/windows/callSeries.js';
import type { PageOptions } from '../../collectors/page/collectPage.js';
import { inertText } from '../text/inertText.js';
import { UsageError } from './explain.js';
import { checkIterations, checkVisits, parseDuration } from './parseOptions.js';

/** The options of a page; undefined: not given. */
export interface PageArguments {
  url: string | undefined;
  attach: string | undefined;
  tab: string | undefined;
  duration: string | undefined;
  until: string | undefined;
  mark: string | undefined;
  reload: boolean | undefined;
  last: string | undefined;
  'allow-remote'?: boolean | undefined;
  iterations: number | undefined;
  visits?: number | undefined;
  baseline?: string | undefined;
  counts?: boolean | undefined;
  out: string | undefined;
}

/** The options of `collect` for a page, and those that it shares with a model. */
export const pageOptions = (yargs: Argv) =>
  yargs
    .positional('url', { type: 'string', describe: 'Page to open in a browser of its own and to watch: http or https' })
    .option('attach', {
      type: 'string',
      describe: 'Watch a tab of the Chrome that is open: a port, an address, its WebSocket, or nothing, to find it',
    })
    .option('tab', { type: 'string', requiresArg: true, describe: 'With --attach: part of a tab’s title or URL, /regex/, or id' })
    .option('reload', { type: 'boolean', describe: 'With --attach: load the page anew, and record it from its first line' })
    .option('allow-remote', { type: 'boolean', describe: 'With --attach: take an address of another machine' })
    .option('mark', { type: 'string', requiresArg: true, describe: 'User timing of the page that is an inference' })
    .option('duration', {
      type: 'string',
      requiresArg: true,
      describe:
        'How long to record, by default 10s; with --until or --iterations no longer than 5m. A plain number is seconds. Enter ends it sooner',
    })
    .option('baseline', {
      type: 'string',
      requiresArg: true,
      describe:
        'The model that the page runs, an .onnx file or a name, to be timed natively after it; with --input and --threads',
    })
    .option('counts', {
      type: 'boolean',
      describe:
        'Also count what the page’s Wasm executes: afterwards the page is loaded once more, with its modules rewritten; with --attach and --reload in the tab, too',
    })
    .option('until', { type: 'string', requiresArg: true, describe: 'Record until the page leaves this mark or measure' })
    .option('last', {
      type: 'string',
      requiresArg: true,
      describe: 'Record for as long as you like, keep the last 30s or so, and write them when you press Enter or send SIGUSR1',
    });

/** How to record a page, as far as the command line says. */
export interface PageRequest extends Omit<PageOptions, 'folder' | 'toolVersion' | 'finished' | 'baseline'> {
  /** Model that the page runs, as the user gave it; null: not given. */
  readonly baseline: string | null;
  readonly out: string | undefined;
}

const DURATION = '10s';
/** Limit for a recording that waits for an event, which may never come. */
const LONGEST = '5m';
const OF_PAGES = ['tab', 'reload', 'allow-remote', 'mark', 'duration', 'until', 'last', 'baseline', 'counts'] as const;

/**
 * @param ofModels names of options that were given and are for a model only
 * @returns null if the command line means a model
 * @throws UsageError if the given options do not fit together
 */
export function pageRequest(given: PageArguments, ofModels: readonly string[]): PageRequest | null {
  const { url, attach, until, mark, iterations, last, duration } = given;
  if (url === undefined && attach === undefined) {
    const stray = OF_PAGES.find((name) => given[name] !== undefined);
    if (stray === 'counts') throw new UsageError('--counts is for a page: of a model, add counts to --passes.');
    if (stray) throw new UsageError(`${flag(stray)} is for a page: give its URL, or --attach.`);
    return null;
  }
  if (url !== undefined && attach !== undefined) {
    throw new UsageError('A URL is opened in a browser of its own, and --attach takes a tab that is open: give one of the two.');
  }
  const pageAt = url === undefined ? null : pageUrl(url);
  if (ofModels.length > 0) {
    throw new UsageError(
      `${ofModels.map(flag).join(', ')}: a page that you wrote runs its own model, so this has no meaning there.`,
    );
  }
  const forAttach = (['tab', 'reload', 'allow-remote'] as const).find((name) => given[name] !== undefined);
  if (attach === undefined && forAttach) throw new UsageError(`${flag(forAttach)} is for --attach.`);
  if (given.counts && url === undefined && !given.reload) {
    throw new UsageError('--counts rewrites the page’s Wasm before it is compiled, so the page is to load anew: add --reload.');
  }
  checkIterations(iterations);
  checkVisits(given.visits);
  if (given.visits !== undefined && url === undefined) {
    throw new UsageError('--visits opens the page in browsers of its own: give its URL instead of --attach.');
  }
  const byHooks = iterations !== undefined && mark === undefined;
  if (byHooks && url === undefined && !given.reload) {
    throw new UsageError(
      'The inferences of a page that runs already are counted by a measure that it leaves for each: name it with --mark. Or let the page load anew with --reload, or give --duration.',
    );
  }
  if (iterations !== undefined && until !== undefined) throw new UsageError('Give --until or --iterations, not both.');
  const lastMs = last === undefined ? null : parseDuration('--last', last);
  const givenMs = duration === undefined ? null : parseDuration('--duration', duration);
  const timing =
    iterations !== undefined && !byHooks
      ? { name: mark!, kind: 'measure' as const, count: iterations }
      : until !== undefined
        ? { name: until, kind: null, count: 1 }
        : null;
  const awaited = byHooks
    ? `after ${iterations} inferences`
    : timing === null
      ? null
      : iterations === undefined
        ? `when “${timing.name}” is seen`
        : `after ${iterations} × “${timing.name}”`;
  return {
    source:
      pageAt === null
        ? {
            endpoint: attach,
            tab: given.tab,
            reload: given.reload ?? false,
            allowRemote: given['allow-remote'] ?? false,
          }
        : { url: pageAt },
    mark: mark ?? null,
    until: timing,
    inferences: byHooks ? { wanted: iterations, count: countInferences } : null,
    end: {
      durationMs: givenMs ?? (lastMs !== null ? null : parseDuration('--duration', awaited === null ? DURATION : LONGEST)),
      awaited,
      durationGiven: givenMs !== null,
    },
    lastMs,
    counts: given.counts ? findInferences : null,
    ...(given.visits !== undefined && { visits: given.visits }),
    baseline: given.baseline ?? null,
    out: given.out,
  };
}

const flag = (name: string): string => `--${name}`;

function pageUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url.href;
  const missing = !/^[a-z][a-z\d+.-]*:\/\//i.test(text);
  throw new UsageError(
    missing
      ? `"${inertText(text)}" is no URL: its scheme is missing. Give http://${inertText(text)} or https://${inertText(text)}; a model is given with --model.`
      : `"${inertText(text)}": only http and https pages can be watched. Serve the page, for instance on localhost.`,
  );
}

import type { Argv } from 'yargs';

/** What is given of a page that somebody else wrote; undefined: not given. */
export interface PageArguments {
  url: string | undefined;
  attach: string | undefined;
  tab: string | undefined;
  duration: string | undefined;
  until: string | undefined;
  mark: string | undefined;
  reload: boolean | undefined;
  last: string | undefined;
  allowRemote?: boolean | undefined;
  iterations: number | undefined;
  baseline?: string | undefined;
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
        'Of a page: how long to record, by default 10s; with --until or --iterations no longer than 5m. Enter ends it sooner',
    })
    .option('baseline', {
      type: 'string',
      requiresArg: true,
      describe:
        'Of a page: the model that it runs, an .onnx file or a name, to be timed natively after it; with --input and --threads',
    })
    .option('until', { type: 'string', requiresArg: true, describe: 'Of a page: record until it leaves this mark or measure' })
    .option('last', {
      type: 'string',
      requiresArg: true,
      describe:
        'Of a page: record for as long as you like, keep the last 30s or so, and write them when you press Enter or send SIGUSR1',
    });

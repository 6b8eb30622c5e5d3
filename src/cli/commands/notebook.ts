import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isStudy } from '../../bundle/readStudy.js';
import { buildNotebook } from '../../notebookServer/buildNotebook.js';
import { serveNotebooks } from '../../notebookServer/serve.js';
import { loadStack, type Stack } from '../../notebookServer/stack.js';
import { copyStarter, starterFor, starterNames } from '../../notebookServer/starters.js';
import { DATA_FOLDER, type NotebookData, writeData } from '../../notebookServer/writeData.js';
import { formatBytes } from '../../view/format.js';
import { newestBundle } from '../bundleFolder.js';
import { whileDrawing } from '../drawProgress.js';
import { UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { openInBrowser } from '../openInBrowser.js';
import { refuseOverwriting } from '../refuseOverwriting.js';
import { interruptible } from '../stopping.js';

interface NotebookArguments {
  inputs: string[] | undefined;
  in: string | undefined;
  starter: string | undefined;
  build: string | undefined;
  port: number | undefined;
  mark: string | undefined;
  'no-open': boolean;
}

/** Where notebooks go, below the current folder. */
const NOTEBOOKS_FOLDER = 'notebooks';
/** A page that is larger is slow to open and cannot be sent around. */
const LARGE_BYTES = 25e6;

export const notebookCommand: Command<NotebookArguments> = {
  builder: (yargs) =>
    yargs
      .positional('inputs', {
        type: 'string',
        array: true,
        describe:
          'Run bundles (folders, or packed as .zip), traces (.json, .json.gz) or studies; by default the newest bundle in traces/',
      })
      .option('in', {
        type: 'string',
        requiresArg: true,
        describe: `Notebook of your own; by default ${NOTEBOOKS_FOLDER}/<name>.html, begun from a starter if it is not there`,
      })
      .option('starter', { choices: starterNames(), requiresArg: true, describe: 'What a new notebook begins with' })
      .option('build', { type: 'string', requiresArg: true, describe: 'Write one file that opens without a server or a network' })
      .option('port', { type: 'number', requiresArg: true, describe: 'Port on 127.0.0.1; by default the first that is free' })
      .option('mark', {
        type: 'string',
        requiresArg: true,
        describe: 'Name of the user-timing measures that are inferences; * stands for any text',
      })
      .option('no-open', { type: 'boolean', default: false, describe: 'Only print the address' }) as never,
  async handler(args) {
    refuseMisuse(args);
    if (args.in !== undefined) await requireNotebook(args.in);
    // Before anything is read or written.
    const stack = await loadStack();
    const file = await notebookFile(args);
    if (args.build === undefined) return serve(file, args, stack);
    await refuseOverwriting(args.build, [file, ...(args.inputs ?? [])]);
    await build(file, args.build, stack);
  },
};

function refuseMisuse({ in: own, starter, build, port }: NotebookArguments): void {
  if (own !== undefined && starter !== undefined)
    throw new UsageError('--starter is for a new notebook, and --in names one that is there.');
  if (build !== undefined && port !== undefined) throw new UsageError('--port is for serving, and --build writes a file.');
  if (build !== undefined && extname(build) !== '.html') throw new UsageError('--build names a file that ends in .html.');
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    throw new UsageError('--port is a number from 0 to 65535.');
}

async function requireNotebook(file: string): Promise<void> {
  if (extname(file) === '.html' && (await stat(file).catch(() => null))?.isFile()) return;
  throw new UsageError(`--in ${file} is no notebook: name an HTML file that is there, or leave it out to begin a new one.`);
}

/** The notebook that is meant, with the tables of the inputs beside it. */
async function notebookFile({ inputs = [], in: own, starter, mark }: NotebookArguments): Promise<string> {
  const sources = inputs.length > 0 || own !== undefined ? inputs : [await newestBundle()];
  const folder = own === undefined ? NOTEBOOKS_FOLDER : dirname(own);
  if (mark !== undefined && (await Promise.all(sources.map(isStudy))).includes(true))
    throw new UsageError('--mark is for single recordings, and one of these is a study.');
  await mkdir(folder, { recursive: true });
  const data: NotebookData[] = [];
  for (const source of sources) data.push(await tablesOf(source, folder, mark ?? null));
  for (const { name, written } of data) {
    const there = join(folder, DATA_FOLDER, name);
    process.stderr.write(`Tables: ${there}/${written ? '' : ' (as they were: the recording is no newer)'}\n`);
  }
  if (own !== undefined) return own;
  const { file, isNew } = await copyStarter(folder, starter ?? starterFor(data), starter === undefined, data);
  process.stderr.write(`Notebook: ${file}${isNew ? '' : ' (yours, left as it is)'}\n`);
  return file;
}

function tablesOf(source: string, folder: string, mark: string | null): Promise<NotebookData> {
  return whileDrawing(async (progress) => {
    progress.step(`Tables of ${source}`);
    return writeData(source, folder, {
      mark,
      onProgress: ({ readBytes, totalBytes }) =>
        progress.advance(readBytes / totalBytes, `of ${(totalBytes / 1e6).toFixed(1)} MB`),
    });
  });
}

async function serve(file: string, { port, 'no-open': noOpen }: NotebookArguments, stack: Stack): Promise<void> {
  const stopping = interruptible();
  const served = await serveNotebooks(resolve(dirname(file)), port ?? null, stack);
  const url = served.urlOf(basename(file));
  process.stdout.write(`${url}\n`);
  process.stderr.write('The page follows its file. Ctrl-C ends.\n');
  if (!noOpen && process.stdout.isTTY) openInBrowser(url);
  await new Promise<void>((ended) => stopping.signal.addEventListener('abort', () => ended(), { once: true }));
  await served.close();
  // What a library holds open must not keep the command.
  process.exit(stopping.exitCode() ?? 0);
}

async function build(file: string, out: string, stack: Stack): Promise<void> {
  const bytes = await whileDrawing(async (progress) => {
    progress.step(`Building ${file}`);
    return buildNotebook(file, out, stack);
  });
  process.stdout.write(`${out}\n`);
  process.stderr.write(`One file, ${formatBytes(bytes)}, that works without a network: ${pathToFileURL(resolve(out)).href}\n`);
  if (bytes > LARGE_BYTES)
    process.stderr.write('It is large because of the tables in it. Attach fewer of them, or the answer of a SQL cell instead.\n');
}

import { typicalWindow } from '../../../analyzers/callTree/typicalWindow.js';
import { factsOf } from '../../../analyzers/index.js';
import { BundleError, bundleFiles } from '../../bundle/bundleFiles.js';
import { openSource } from '../../bundle/openSource.js';
import type { SourceFile } from '../../bundle/sourceFile.js';
import { loadInput } from '../../loadInput.js';
import { PERFETTO, PERFETTO_PORT, perfettoUrl } from '../../report/perfettoUrl.js';
import { formatMs } from '../../view/format.js';
import { newestBundle } from '../bundleFolder.js';
import { whileDrawing } from '../drawProgress.js';
import { UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { openInBrowser } from '../openInBrowser.js';
import { type ServedFile, serveOnce } from '../serveOnce.js';
import { interruptible } from '../stopping.js';

interface PerfettoArguments {
  input: string | undefined;
  ui: string;
  mark: string | undefined;
  noOpen: boolean;
}

export const perfettoCommand: Command<PerfettoArguments> = {
  builder: (yargs) =>
    yargs
      .positional('input', {
        type: 'string',
        describe:
          'Run bundle (a folder, or packed in a .zip) or trace (.json, .json.gz); by default the newest bundle in traces/',
      })
      .option('ui', {
        type: 'string',
        requiresArg: true,
        default: PERFETTO,
        describe: 'Where Perfetto is: its own site, or a copy of it on a closed network',
      })
      .option('mark', {
        type: 'string',
        requiresArg: true,
        describe: 'Name of the user-timing measures that are inferences; * stands for any text',
      })
      .option('no-open', { type: 'boolean', default: false, describe: 'Only print the address' }) as never,
  async handler({ input, ui, mark, noOpen }) {
    const origin = originOf(ui);
    const path = input ?? (await newestBundle());
    const trace = await traceOf(path);
    const window = await windowOf(path, mark ?? null);
    const stopping = interruptible();
    const served = await serve(trace, origin);
    const url = perfettoUrl(ui, served.url, window);
    process.stdout.write(`${url}\n`);
    process.stderr.write(
      window
        ? `Shows the typical window, ${formatMs((window.endUs - window.startUs) / 1000)}, ${formatMs(window.fromStartMs)} after the trace begins.\n`
        : 'No inference was found in it, so the whole trace is shown.\n',
    );
    process.stderr.write(
      'The trace is read by the page in your browser, from this command, which then ends. Ctrl-C ends it sooner.\n',
    );
    if (!noOpen && process.stdout.isTTY) openInBrowser(url);
    const stopped = new Promise<void>((ended) => stopping.signal.addEventListener('abort', () => ended(), { once: true }));
    await Promise.race([served.fetched, stopped]);
    await served.close();
    process.exitCode = stopping.exitCode() ?? 0;
  },
};

/** @throws UsageError if it is no address of a page */
function originOf(ui: string): string {
  const url = URL.canParse(ui) ? new URL(ui) : null;
  if (url && ['http:', 'https:'].includes(url.protocol) && url.search === '' && url.hash === '') return url.origin;
  throw new UsageError(`--ui ${ui} is no address of a page: give http:// or https:// and a host.`);
}

/** @throws BundleError if there is no trace */
async function traceOf(path: string): Promise<SourceFile> {
  const source = await openSource(path);
  const trace = source.kind === 'trace' ? source.file : await source.files.file(bundleFiles.trace);
  if (trace) return trace;
  throw new BundleError(`${path} has no ${bundleFiles.trace}: give a bundle that has one, or a trace file.`);
}

function windowOf(path: string, mark: string | null) {
  return whileDrawing(async (progress) => {
    progress.step(`Looking for the typical window of ${path}`);
    const input = await loadInput(path, {
      mark,
      operatorTrace: false,
      onProgress: ({ readBytes, totalBytes }) =>
        progress.advance(readBytes / totalBytes, `of ${(totalBytes / 1e6).toFixed(1)} MB`),
    });
    return factsOf(input).maybe(typicalWindow);
  });
}

async function serve(trace: SourceFile, origin: string): Promise<ServedFile> {
  const name = trace.name.endsWith('.gz') ? 'trace.json.gz' : 'trace.json';
  try {
    return await serveOnce(trace, name, origin, PERFETTO_PORT);
  } catch (error) {
    throw new BundleError(
      `Port ${PERFETTO_PORT} of this machine cannot be used: ${(error as Error).message}. It is the only one that Perfetto may read a trace from: end what uses it (trace_processor does), or open ${trace.name} in Perfetto by hand.`,
    );
  }
}

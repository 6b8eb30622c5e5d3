import { dirname, join, resolve } from 'node:path';
import { BundleError } from '../../bundle/bundleFiles.js';
import { openSource } from '../../bundle/openSource.js';
import { isStudy } from '../../bundle/readStudy.js';
import { studyFiles } from '../../bundle/study.js';
import type { Names } from '../../pack/names.js';
import { nameKinds } from '../../pack/pseudonyms.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes } from '../../view/format.js';
import { newestBundle, TRACES_FOLDER } from '../bundleFolder.js';
import { whileDrawing } from '../drawProgress.js';
import { UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { parseSize } from '../parseOptions.js';
import { refuseOverwriting } from '../refuseOverwriting.js';
import { interruptible } from '../stopping.js';

interface PackArguments {
  bundle: string | undefined;
  out: string | undefined;
  redact: boolean;
  verbose: boolean;
  'max-size'?: string | undefined;
}

export const packCommand: Command<PackArguments> = {
  builder: (yargs) =>
    yargs
      .positional('bundle', {
        type: 'string',
        describe: `Run bundle; by default the newest one in ${TRACES_FOLDER}/`,
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'File to write; by default beside the bundle',
      })
      .option('redact', {
        type: 'boolean',
        default: false,
        describe: 'Replace URLs, titles, and names of scripts, functions, user timing and models by pseudonyms',
      })
      .option('verbose', {
        type: 'boolean',
        default: false,
        describe: 'With --redact: list every word that is left',
      })
      .option('max-size', {
        type: 'string',
        requiresArg: true,
        defaultDescription: '2GB',
        describe: 'What a compressed trace may inflate to',
      }),
  async handler({ bundle, out, redact, verbose, 'max-size': maxSize }) {
    if (verbose && !redact) throw new UsageError('--verbose lists what --redact leaves: give both, or neither.');
    const path = bundle ?? (await newestBundle());
    if (await isStudy(path))
      throw new UsageError(
        `${path} is a study, and only a bundle can be packed. Name one of its runs: ${join(path, studyFiles.runs)}/<cell>/<round>.`,
      );
    const source = await openSource(path);
    if (source.kind !== 'bundle')
      throw new BundleError(`${path} is no run bundle, so it cannot be packed. Give one that "trace collect" wrote.`);
    if (!redact && resolve(path).endsWith('.zip'))
      throw new UsageError(`${path} is packed already. With --redact it is packed anew.`);
    const target = out ?? defaultOut(path, redact);
    await refuseOverwriting(target, [path]);
    const interruption = interruptible();
    try {
      const packed = await whileDrawing(async (progress) => {
        progress.step(`Packing ${path}`);
        // Only packing needs the names that are known.
        const { packBundle } = await import('../../pack/packBundle.js');
        return packBundle(source.files, target, {
          redact,
          signal: interruption.signal,
          onFile: (name) => progress.advance(null, name),
          ...(maxSize !== undefined && { maxInflatedBytes: parseSize('--max-size', maxSize) }),
        });
      });
      process.stdout.write(`${target}\n`);
      if (packed.names) tellNames(packed.names, verbose);
      for (const lack of packed.lacks) process.stderr.write(`${lack}\n`);
      process.stderr.write(`${formatBytes(packed.bytes)}. To look at it: trace analyze ${target}\n`);
    } catch (error) {
      if (!interruption.signal.aborted) throw error;
      process.stderr.write('trace: stopped; nothing was written.\n');
      process.exitCode = interruption.exitCode() ?? 1;
    }
  },
};

/** Beside the bundle. The folder of a bundle is named after a model or a page, so a redacted one is not called after it. */
function defaultOut(path: string, redact: boolean): string {
  const plain = resolve(path).replace(/\.zip$/, '');
  return redact
    ? join(dirname(plain), `redacted-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.zip`)
    : `${plain}.zip`;
}

/** Series of user timing are told one by one up to here. */
const MOST_TIMINGS = 12;

/** What was replaced, by kind, and what is left. Only its owner sees the names that user timing had. */
function tellNames({ pseudonyms, facts, kept }: Names, verbose: boolean): void {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const counts = Object.entries(nameKinds).flatMap(([kind, [one, many]]) => {
    const { size } = pseudonyms.all(kind as keyof typeof nameKinds);
    return size === 0 ? [] : [`${size} ${size === 1 ? one : many}`];
  });
  say(`Replaced: ${counts.length === 0 ? 'nothing' : counts.join(', ')}.`);
  say(
    `Left in clear: the machine and the browser (${[...facts].map((fact) => inertText(fact)).join('; ')}), when it was recorded,`,
  );
  say(
    `  every number (times, sizes, shapes, process ids, seeds), the code of Wasm modules without its data, and ${kept.size} words of`,
  );
  say(`  Chrome, of frameworks and of Inferscope${verbose ? ':' : ', which --verbose lists.'}`);
  if (verbose) for (const word of [...kept].sort()) say(`    ${inertText(word)}`);
  // Names that differ only in their numbers are one to --mark.
  const series = new Map(
    [...pseudonyms.all('timing')].map(([name, made]) => [name.replace(/\d+/g, '*'), made.replace(/:\d+$/, ':*')]),
  );
  for (const [name, made] of [...series].slice(0, MOST_TIMINGS)) say(`User timing ${inertText(name)} is now ${made}.`);
  if (series.size > MOST_TIMINGS) say(`${series.size - MOST_TIMINGS} more names of user timing have others.`);
}

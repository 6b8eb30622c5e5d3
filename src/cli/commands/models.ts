import { frameworkVersion } from '../../../collectors/frameworkPackages.js';
import { frameworkIds, frameworks } from '../../../collectors/frameworks.js';
import { models } from '../../../models/index.js';
import type { Model } from '../../../models/model.js';
import { tried as committed } from '../../../models/tried.js';
import { type TriedTable, triedTable } from '../../../models/triedTable.js';
import { unknownName } from '../../../models/unknownName.js';
import { readWhole } from '../../bundle/openFile.js';
import { writeWhole } from '../../bundle/replaceFile.js';
import { type ListedModel, modelLines } from '../../report/terminal/modelLines.js';
import { screen } from '../../report/terminal/screen.js';
import { inertJson } from '../../text/inertJson.js';
import { inertText } from '../../text/inertText.js';
import { exitCodes, UsageError } from '../explain.js';
import type { Command } from '../lazyCommand.js';
import { interruptible } from '../stopping.js';
import { terminalOptions } from '../terminalOptions.js';
import { tryModels } from '../tryModels.js';

interface ModelsArguments {
  names: string[] | undefined;
  json: boolean;
  try: boolean;
  out: string | undefined;
}

export const modelsCommand: Command<ModelsArguments> = {
  builder: (yargs) =>
    yargs
      .positional('names', { type: 'string', array: true, describe: 'Only these models' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .option('try', {
        type: 'boolean',
        default: false,
        describe: 'Try each model once on every framework and backend that reads it; takes minutes',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe:
          'With --try: JSON file for what was found; what it holds of other models stays if from the same browser and frameworks',
      }),
  async handler(args) {
    const { names = [], json, out } = args;
    if (out !== undefined && !args.try) throw new UsageError('--out is for --try.');
    const chosen = names.length === 0 ? models : names.map(named);
    let table = committed;
    if (args.try) {
      const stop = interruptible();
      const kept = out === undefined ? null : await readTried(out);
      const keep = async (found: TriedTable): Promise<void> => {
        table = found;
        if (out !== undefined) await writeWhole(out, `${JSON.stringify(found, null, 2)}\n`);
      };
      await tryModels(chosen, kept, keep, stop.signal);
      if (stop.signal.aborted) process.exitCode = stop.exitCode() ?? exitCodes.failed;
    }
    const list = chosen.map((model) => listed(model, table));
    const { models: _, ...triedWith } = table;
    if (json) {
      process.stdout.write(`${inertJson({ schema: 'inferscope.models/1', triedWith, models: list })}\n`);
      return;
    }
    const columns = frameworkIds.map((id) => ({ id, ...frameworks[id] }));
    const drawing = screen(terminalOptions());
    process.stdout.write(`${modelLines(list, columns, triedLines(table), drawing).join('\n')}\n`);
  },
};

function named(name: string): Model {
  const model = models.find((each) => each.name === name);
  if (model) return model;
  throw unknownName(
    name,
    models.map((each) => each.name),
  );
}

function listed(model: Model, table: TriedTable): ListedModel & Pick<Model, 'title' | 'npmPackage'> {
  const { name, title, task, parameters, defaultShapes: inputs, formats, npmPackage, licence, origin } = model;
  const found = table.models.find((each) => each.name === name);
  const bytes = found?.bytes ?? {};
  const generated = npmPackage === null;
  return {
    name,
    title,
    task,
    parameters,
    inputs,
    formats,
    bytes,
    generated,
    npmPackage,
    licence,
    origin,
    runs: found?.runs ?? [],
  };
}

/** What the models were tried with, and which versions differ here. */
function triedLines({ browser, gpu, softwareRendering, date, frameworks: versions }: TriedTable): string[] {
  const known = frameworkIds.filter((id) => versions[id] !== undefined);
  if (known.length === 0) return ['Nothing was tried yet: trace models --try.'];
  const with_ = known.map((id) => `${frameworks[id].title} ${versions[id]}`).join(', ');
  const device =
    softwareRendering === false ? (gpu ?? 'a GPU') : `${/swiftshader/i.test(gpu ?? '') ? 'SwiftShader, ' : ''}software rendering`;
  const others = known.flatMap((id) => {
    const version = frameworkVersion(id);
    return version === null || version === versions[id] ? [] : [`${frameworks[id].title} ${version}`];
  });
  return [
    `Tried with ${with_}, ${inertText(browser)} (${inertText(device)}) on ${date}.`,
    ...(others.length > 0 ? [`Installed is ${others.join(', ')}: trace models --try says what that runs.`] : []),
  ];
}

/**
 * The file of an earlier `trace models --try`; null if there is none.
 * @throws UsageError if the file is something else, which must not be overwritten
 */
async function readTried(path: string): Promise<TriedTable | null> {
  const text = await readWhole(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UsageError(`--out ${path} cannot be read: ${error.message}.`);
  });
  if (text === null) return null;
  try {
    return triedTable.parse(JSON.parse(text.toString('utf8')));
  } catch {
    throw new UsageError(
      `--out ${path} holds something else than what "trace models --try" writes. Give another file, or remove it.`,
    );
  }
}

import { availableParallelism } from 'node:os';
import { browserFacts, launchFor } from '../../collectors/browser/launchBrowser.js';
import { frameworkLack, frameworkVersion } from '../../collectors/frameworkPackages.js';
import { defaultThreads, type FrameworkId, frameworkIds, frameworks } from '../../collectors/frameworks.js';
import { tryRun } from '../../collectors/tryRun.js';
import { defaultCacheFolder } from '../../models/defaultCacheFolder.js';
import { models } from '../../models/index.js';
import type { Model, ModelFile } from '../../models/model.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import type { TriedTable } from '../../models/triedTable.js';
import { drawProgress } from './drawProgress.js';
import { type PackagesOfRun, requirePackages } from './requirePackages.js';

/** SwiftShader takes many minutes for a large model, and a model that hangs must end. */
const LIMIT_MS = 2 * 60_000;

type Tried = TriedTable['models'][number];

/**
 * Tries models one after the other on every installed framework and backend that reads them, with progress on stderr.
 *
 * @param kept results of an earlier try; those of other models are kept if they are from the same browser and frameworks
 * @param keep receives the table after every model, so that little is lost when the try is stopped
 * @throws ModelError if a model's file is not available; CollectError if no framework is installed
 */
export async function tryModels(
  chosen: readonly Model[],
  kept: TriedTable | null,
  keep: (table: TriedTable) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const lacks = frameworkIds.map((id) => ({ id, lack: frameworkLack(id, frameworks[id].backends) }));
  const able = lacks.filter(({ lack }) => lack === null).map(({ id }) => id);
  if (able.length === 0) requirePackages(runsOf(chosen));
  const progress = await drawProgress();
  for (const { id, lack } of lacks) if (lack) progress.note(`${frameworks[id].title} is not tried: ${lack.problem}`);
  const environment = await surroundings(able);
  const same =
    kept !== null && JSON.stringify(environmentOf(kept)) === JSON.stringify(environmentOf({ ...environment, models: [] }));
  const known = new Map((same ? kept.models : []).map((model) => [model.name, model]));
  if (kept !== null && !same)
    progress.note('What was tried before was tried with another browser or other frameworks, and goes.');
  const software = environment.softwareRendering !== false;
  for (const [i, model] of chosen.entries()) {
    progress.step(`${model.name} (${i + 1} of ${chosen.length})`);
    const found = await tryModel(model, able, software, (what) => progress.advance(null, what), signal).catch((error: Error) => {
      if (signal.aborted) return null;
      progress.end(false);
      throw error;
    });
    if (!found) return progress.end(false);
    const others = found.runs.filter(({ outcome }) => outcome !== 'runs');
    for (const { framework, backend, reason } of others) progress.note(`${framework} ${backend}: ${reason}`);
    known.set(model.name, found);
    // In the order of the registry, without models that were removed from it.
    await keep({ ...environment, models: models.flatMap(({ name }) => known.get(name) ?? []) });
  }
  progress.end(true);
}

/** Everything that is to be tried. */
const runsOf = (chosen: readonly Model[]): PackagesOfRun[] =>
  chosen.flatMap(({ name: model, formats }) =>
    frameworkIds
      .filter((framework) => formats.includes(frameworks[framework].format))
      .flatMap((framework) => frameworks[framework].backends.map((backend) => ({ framework, backend, model }))),
  );

async function tryModel(
  model: Model,
  able: readonly FrameworkId[],
  software: boolean,
  doing: (what: string) => void,
  signal: AbortSignal,
): Promise<Tried> {
  const bytes: Tried['bytes'] = {};
  const runs: Tried['runs'][number][] = [];
  for (const format of model.formats) {
    const file = await model.write(defaultCacheFolder(process.env), format);
    bytes[format] = sizeOf(file);
    const { inputs } = modelFeeds(file, [], 1);
    for (const framework of able.filter((id) => frameworks[id].format === format)) {
      for (const backend of frameworks[framework].backends) {
        doing(`${framework} ${backend}`);
        const threads = defaultThreads(availableParallelism());
        const result = await tryRun({ model: file, inputs, framework, backend, threads, software, limitMs: LIMIT_MS, signal });
        runs.push({ framework, backend, ...result });
      }
    }
  }
  return { name: model.name, bytes, runs };
}

const sizeOf = ({ bytes, externalData }: ModelFile): number => externalData.reduce((sum, data) => sum + data.bytes, bytes);

async function surroundings(able: readonly FrameworkId[]): Promise<Omit<TriedTable, 'models'>> {
  const launched = await launchFor('webgpu');
  try {
    const { product, gpu, softwareRendering } = await browserFacts(launched);
    return {
      schema: 'inferscope.tried/1',
      date: new Date().toISOString().slice(0, 10),
      browser: product.replace(/^(?:Headless)?Chrome\//, 'Chromium '),
      gpu,
      softwareRendering,
      frameworks: Object.fromEntries(able.map((id) => [id, frameworkVersion(id)!])),
    };
  } finally {
    await launched.browser.close();
  }
}

/** Versions and hardware that a result depends on. */
function environmentOf({ browser, gpu, frameworks: versions }: TriedTable): unknown[] {
  return [browser, gpu, frameworkIds.map((id) => versions[id])];
}

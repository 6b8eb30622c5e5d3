import type { CollectResult } from '../../collectors/collectResult.js';
import { collectPage, type PageOptions } from '../../collectors/page/collectPage.js';
import type { PageBaseline } from '../../collectors/page/timeNatively.js';
import type { Progress } from '../../collectors/progress.js';
import { defaultCacheFolder } from '../../models/defaultCacheFolder.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import type { InputShape } from '../../models/parseShape.js';
import { resolveModel } from '../../models/resolveModel.js';
import type { Asked } from '../bundle/asked.js';
import { toolVersion } from '../packageRoot.js';
import { newBundleFolder, printCollected, TRACES_FOLDER } from './bundleFolder.js';
import { drawProgress } from './drawProgress.js';
import type { PageRequest } from './pageRequest.js';
import { finishing, interruptible } from './stopping.js';

/**
 * `trace collect` of a page.
 * @throws ModelError, before anything is opened, if the model given for the page is not available
 */
export async function collectFromPage(
  { baseline, ...request }: PageRequest,
  choice: BaselineChoice,
  asked: Asked,
  quiet: boolean,
): Promise<void> {
  const native = baseline === null ? null : await pageBaseline(baseline, choice);
  const stop = interruptible();
  const finish = finishing();
  const progress = await drawProgress({ quiet });
  try {
    const { folder, result } = await collectIntoFolder(
      { ...request, asked, baseline: native, finished: finish.signal },
      progress,
      stop.signal,
    );
    progress.end(result.status === 'complete');
    printCollected(folder, result, stop.exitCode(), quiet);
  } catch (error) {
    progress.end(false);
    const code = stop.exitCode();
    if (code === null) throw error;
    printCollected('', { status: 'discarded', reason: (error as Error).message, holds: '' }, code, quiet);
  } finally {
    finish.end();
  }
}

type PageRecording = Omit<PageRequest, 'baseline'> & Pick<PageOptions, 'asked' | 'baseline' | 'finished'>;

/**
 * Records a page into the folder that the request names, or into a new one.
 * @param among the folder that a new one is made in
 * @throws AttachError, CollectError or BundleError if nothing was recorded
 */
export async function collectIntoFolder(
  { out, ...request }: PageRecording,
  progress: Progress,
  signal: AbortSignal,
  among = TRACES_FOLDER,
): Promise<{ readonly folder: string; readonly result: CollectResult }> {
  let folder = out ?? among;
  const folderOf = (url: string): string => {
    folder = out ?? newBundleFolder(pageFolderName(url), among);
    return folder;
  };
  const result = await collectPage({ ...request, folder: folderOf, toolVersion: toolVersion() }, progress, signal);
  return { folder, result };
}

/** How to run the page's model natively. */
export interface BaselineChoice {
  readonly shapes: readonly InputShape[];
  readonly threads: number;
  readonly seed: number;
}

/**
 * The model that a page runs, as the user names it, with inputs drawn from the seed.
 * @param model a name, or the path of an ONNX file
 * @throws ModelError
 */
export async function pageBaseline(model: string, { shapes, threads, seed }: BaselineChoice): Promise<PageBaseline> {
  const file = await resolveModel(model, { cacheFolder: defaultCacheFolder(process.env), format: 'onnx' });
  return { model: file, inputs: modelFeeds(file, shapes, seed).inputs, threads, seed };
}

const NAME_LENGTH = 60;

/** The part of a folder's name that identifies the page: host and path, in characters that are safe everywhere. */
export function pageFolderName(url: string): string {
  const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: 'page', pathname: '' };
  const name = `${host}${pathname}`
    .replace(/[^A-Za-z\d.-]+/g, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._-]+|[._-]+$/g, '');
  return name.slice(0, NAME_LENGTH) || 'page';
}

import { join } from 'node:path';
import { collectPage } from '../../collectors/page/collectPage.js';
import { toolVersion } from '../toolVersion.js';
import { drawProgress } from './drawProgress.js';
import { finishing } from './finishing.js';
import { folderTime } from './folderTime.js';
import { interruptible } from './interruptible.js';
import { type BaselineChoice, pageBaseline } from './pageBaseline.js';
import { pageFolderName } from './pageFolderName.js';
import type { PageRequest } from './pageRequest.js';
import { tellCollected } from './tellCollected.js';
import { TRACES_FOLDER } from './tracesFolder.js';

/**
 * `trace collect` of a page that somebody else wrote.
 * @throws ModelError, before anything is opened, if the model that the page is said to run cannot be had
 */
export async function collectFromPage({ out, baseline, ...request }: PageRequest, choice: BaselineChoice): Promise<void> {
  const native = baseline === null ? null : await pageBaseline(baseline, choice);
  let folder = out ?? TRACES_FOLDER;
  const folderOf = (url: string): string => {
    folder = out ?? join(TRACES_FOLDER, `${folderTime()}-${pageFolderName(url)}`);
    return folder;
  };
  const stop = interruptible();
  const finish = finishing();
  const progress = await drawProgress();
  try {
    const options = { ...request, baseline: native, folder: folderOf, toolVersion: toolVersion(), finished: finish.signal };
    const result = await collectPage(options, progress, stop.signal);
    progress.end(result.status === 'complete');
    tellCollected(folder, result, stop.exitCode());
  } catch (error) {
    progress.end(false);
    const code = stop.exitCode();
    if (code === null) throw error;
    tellCollected(folder, { status: 'discarded', reason: (error as Error).message, holds: '' }, code);
  } finally {
    finish.end();
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../packageRoot.js';
import { DATA_FOLDER, type NotebookData } from './writeData.js';

/** Names in the starters that stand for those of the first and the second bundle. */
const PLACES = [`${DATA_FOLDER}/bundle/`, `${DATA_FOLDER}/other/`] as const;

const folder = (): string => join(packageRoot(), 'notebooks');

/** Names of the notebooks that users may begin with. */
export function starterNames(): string[] {
  return readdirSync(folder())
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.replace(/\.html$/, ''))
    .sort();
}

/** The starter that fits to these data, unless one is named. */
export function starterFor(data: readonly NotebookData[]): string {
  return data.length > 1 || data.some(({ isStudy }) => isStudy) ? 'compare' : 'slow-prediction';
}

/**
 * Copies a starter beside the data of its bundles, unless there is a file of its name.
 * @returns its file, and whether it was there already
 */
export async function copyStarter(
  notebooks: string,
  starter: string,
  isDefault: boolean,
  data: readonly NotebookData[],
): Promise<{ readonly file: string; readonly isNew: boolean }> {
  const [first, second = first] = data.map(({ name }) => name);
  const text = readFileSync(join(folder(), `${starter}.html`), 'utf8')
    .replaceAll(PLACES[0], `${DATA_FOLDER}/${first}/`)
    .replaceAll(PLACES[1], `${DATA_FOLDER}/${second}/`);
  const file = join(notebooks, `${isDefault ? first : `${first}-${starter}`}.html`);
  try {
    // It is the user's: never over a file that is there.
    await writeFile(file, text, { flag: 'wx' });
    return { file, isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return { file, isNew: false };
    throw error;
  }
}

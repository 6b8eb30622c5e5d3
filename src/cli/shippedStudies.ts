import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../packageRoot.js';

/** Where they are. */
export const STUDIES_FOLDER = join(packageRoot(), 'models', 'studies');
export const STUDY_EXTENSION = '.yaml';

/** Names of the study files that come with Inferscope. */
export function shippedStudies(): string[] {
  return readdirSync(STUDIES_FOLDER)
    .filter((name) => name.endsWith(STUDY_EXTENSION))
    .map((name) => name.slice(0, -STUDY_EXTENSION.length))
    .sort();
}

import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../bundle/replaceFile.js';
import { packageRoot } from '../packageRoot.js';

/**
 * Writes a report, and makes its folder.
 * @param render the report, given the script that runs in it
 */
export async function writeReport(path: string, render: (client: string) => string): Promise<void> {
  const client = await readFile(join(packageRoot(), 'dist/browser/report.js'), 'utf8');
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, (file) => file.writeFile(render(client)));
}

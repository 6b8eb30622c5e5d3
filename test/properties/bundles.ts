import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { bundleFiles } from '../../src/bundle/bundleFiles.js';
import { loadInput } from '../../src/loadInput.js';
import { module } from '../analyzers/buildRun.js';
import { analyzeAndRender } from './analyzed.js';
import { bundleDocuments, eventsOfRun } from './bundleDocuments.js';
import { byteEdits, edited, editedBytes, edits } from './hostile.js';
import { inTime, orRefused, type Property } from './property.js';
import { inScratchFolder, trap } from './scratchFolder.js';

const files = Object.keys(bundleDocuments(false));
const trace = JSON.stringify({ traceEvents: eventsOfRun() });

const onDisk = fc.record({
  isPage: fc.boolean(),
  changes: fc.dictionary(fc.constantFrom(...files), edits, { minKeys: 1, maxKeys: 3 }),
  missing: fc.subarray(files.slice(1), { maxLength: 3 }),
  damage: fc.option(byteEdits, { freq: 5 }),
});

export async function writeBundle(folder: string, documents: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(join(folder, bundleFiles.modules), { recursive: true });
  await writeFile(join(folder, bundleFiles.trace), trace);
  await writeFile(join(folder, bundleFiles.modules, `${module.sha256}.wasm`), module.bytes);
  for (const [name, document] of Object.entries(documents)) await writeFile(join(folder, name), JSON.stringify(document) ?? '');
}

/** A bundle whose files were changed, are missing, or are damaged. */
export const bundles: Property = {
  name: 'bundles',
  runs: 100,
  property: fc.asyncProperty(onDisk, ({ isPage, changes, missing, damage }) =>
    inTime(() =>
      inScratchFolder(async (folder) => {
        const documents = { ...bundleDocuments(isPage) };
        for (const name of missing) delete documents[name];
        for (const [name, change] of Object.entries(changes))
          if (name in documents) documents[name] = edited(documents[name], change);
        await writeBundle(folder, documents);
        if (damage) {
          const path = join(folder, bundleFiles.manifest);
          await writeFile(path, editedBytes(new TextEncoder().encode(JSON.stringify(documents[bundleFiles.manifest])), damage));
        }
        await trap(folder, bundleFiles.report);
        const input = await orRefused(() => loadInput(folder));
        if (input) await analyzeAndRender(input, folder);
      }),
    ),
  ) as unknown as Property['property'],
};

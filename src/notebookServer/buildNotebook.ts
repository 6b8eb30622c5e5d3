import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { requireBrowser } from '../../collectors/browser/findBrowser.js';
import { replaceFile } from '../bundle/replaceFile.js';
import { inertText } from '../text/inertText.js';
import { attachmentsOf, type Cell, cellName } from './cells.js';
import { type CheckedPage, checkPage } from './checkPage.js';
import { NotebookError } from './notebookError.js';
import { settings } from './settings.js';
import type { Stack } from './stack.js';

const MESSAGE_LIMIT = 300;

/**
 * Builds a notebook into one file that needs neither a server nor a network, and opens it to see that each cell works.
 * @param notebook its file
 * @param out the file to write; it appears only if all cells work
 * @returns its size, bytes
 * @throws NotebookError that names the cells which fail, or what they attach that is not there; CollectError without a browser
 */
export async function buildNotebook(notebook: string, out: string, stack: Stack): Promise<number> {
  // To open it: without a browser nothing need be built.
  requireBrowser();
  const root = dirname(resolve(notebook));
  const source = await readFile(notebook, 'utf8');
  const cells: Cell[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-notebook-'));
  try {
    const base = settings({ root, cells: source, onNotebook: (read) => cells.push(...read.cells) }, stack);
    await stack.vite.build({
      ...base,
      plugins: [...(base.plugins ?? []), stack.singleFile.viteSingleFile()],
      build: {
        outDir: folder,
        emptyOutDir: false,
        assetsInlineLimit: Number.MAX_SAFE_INTEGER,
        chunkSizeWarningLimit: Number.MAX_SAFE_INTEGER,
        reportCompressedSize: false,
        rolldownOptions: { input: resolve(notebook) },
      },
    });
    const page = join(folder, basename(notebook));
    refuseFailing(await checkPage(page), await missingAttachments(cells, root), cells);
    const content = await readFile(page);
    await mkdir(dirname(resolve(out)), { recursive: true });
    await replaceFile(out, (file) => file.writeFile(content));
    return content.byteLength;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Missing {
  readonly cell: number;
  readonly name: string;
}

/** What cells attach that is not there. The page shows no more of it than that something could not be loaded. */
async function missingAttachments(cells: readonly Cell[], root: string): Promise<Missing[]> {
  const missing: Missing[] = [];
  for (const cell of cells) {
    for (const name of attachmentsOf(cell)) {
      if (!(await stat(resolve(root, name)).catch(() => null))?.isFile()) missing.push({ cell: cell.id, name });
    }
  }
  return missing;
}

/** @throws NotebookError that names each cell which fails, or does not end */
function refuseFailing({ errors, running, requests }: CheckedPage, missing: readonly Missing[], cells: readonly Cell[]): void {
  const nameOf = (id: number): string => {
    const cell = cells.find((each) => each.id === id);
    return cell ? cellName(cell) : 'the page';
  };
  const lacking = new Set(missing.map(({ cell }) => cell));
  const list = [
    ...missing.map(({ cell, name }) => `${nameOf(cell)} attaches ${inertText(name)}, which is not there`),
    ...errors
      .filter(({ cell }) => !lacking.has(cell))
      .map(({ cell, message }) => `${nameOf(cell)}: ${inertText(message, MESSAGE_LIMIT)}`),
    ...running.map((cell) => `${nameOf(cell)}: still running in the end`),
    ...requests.map((url) => `the page asks the network for ${inertText(url)}`),
  ];
  if (list.length === 0) return;
  throw new NotebookError(`The notebook does not work as one file, so none was written:\n  ${list.join('\n  ')}`);
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Analysis } from '../analyzers/index.js';
import { replaceFile } from './bundle/replaceFile.js';
import { arrowOf, csvText, type DataTable, dataOf } from './report/data.js';
import { views } from './report/views.js';
import { unfolded } from './view/block.js';

const WRITERS = { csv: csvText, arrow: arrowOf } as const;

/** Writes tables as files named after them into a folder, each in every format, and replaces those of an earlier analysis. */
export async function writeTables(
  folder: string,
  tables: readonly DataTable[],
  formats: readonly (keyof typeof WRITERS)[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const table of tables) {
    for (const format of formats) {
      await replaceFile(join(folder, `${table.name}.${format}`), (file) => file.writeFile(WRITERS[format](table)));
    }
  }
}

/**
 * Every table of an analysis, named after its section and its caption: `latency-latency-by-phase`. A caption may hold names from a
 * trace behind its first comma, which are left out.
 */
export function tablesOf(analysis: Analysis): DataTable[] {
  const taken = new Map<string, number>();
  const unique = (name: string): string => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  };
  return views.flatMap((view) =>
    unfolded(view.blocks(analysis)).flatMap((block) =>
      block.block === 'table' ? [{ ...dataOf(block), name: unique(`${view.id}-${slug(block.caption)}`) }] : [],
    ),
  );
}

const SLUG_LIMIT = 60;

const slug = (caption: string): string =>
  caption
    .split(/[,:]/, 1)[0]!
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, SLUG_LIMIT);

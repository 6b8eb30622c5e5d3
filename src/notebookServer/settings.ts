import { join } from 'node:path';
import type { Notebook } from '@observablehq/notebook-kit';
import type { InlineConfig } from 'vite';
import { withoutSyntaxErrors } from './cells.js';
import { offline, servedFolders, stylePackages } from './offline.js';
import { settledCells } from './settledCells.js';
import { answerSqlCells } from './sqlCells.js';
import type { Stack } from './stack.js';

export interface Settings {
  /** Folder of the notebooks. */
  readonly root: string;
  /** Text of the cells, for a page in one file; null for a server. */
  readonly cells: string | null;
  /** Called with each notebook that is read. */
  readonly onNotebook?: (notebook: Notebook) => void;
}

/** Settings of Vite that serving and building share. Nothing of the user's own project counts: no configuration, no styles, no .env. */
export function settings({ root, cells, onNotebook }: Settings, stack: Stack): InlineConfig {
  const kit = stack.kit.config();
  const aliases = Array.isArray(kit.resolve?.alias) ? kit.resolve.alias : [];
  return {
    configFile: false,
    envDir: false,
    root,
    base: './',
    appType: 'mpa',
    publicDir: false,
    cacheDir: join(root, '.observable', 'vite'),
    clearScreen: false,
    logLevel: 'warn',
    css: { postcss: {} },
    // The kit's own for "npm:" lead to a CDN.
    resolve: { alias: [...aliases.filter(({ find }) => !String(find).includes('npm:')), ...stylePackages()] },
    optimizeDeps: { exclude: ['observable:runtime'], entries: [] },
    plugins: [
      offline({ root, cells }),
      settledCells(),
      stack.kit.observable({
        transformNotebook: (notebook, { filename }) => {
          onNotebook?.(notebook);
          return answerSqlCells(withoutSyntaxErrors(notebook, stack), filename, stack);
        },
      }),
    ],
    server: { host: '127.0.0.1', cors: false, fs: { allow: [root, ...servedFolders()] } },
  };
}

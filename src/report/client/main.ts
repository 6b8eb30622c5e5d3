import { copyButtons } from './copy.js';
import { drawAll } from './draw.js';
import { flames } from './flame.js';
import { tables } from './tables.js';
import { unfold } from './unfold.js';
import { words } from './words.js';

unfold(document, window);
tables(document, window);
words(document);
copyButtons(document);
flames(document);
drawAll(document).catch((error: unknown) => {
  document.documentElement.dataset.charts = `failed: ${error instanceof Error ? error.message : String(error)}`;
});

import { drawAll } from './draw.js';
import { tables } from './tables.js';
import { unfold } from './unfold.js';

unfold(document, window);
tables(document);
drawAll(document).catch((error: unknown) => {
  document.documentElement.dataset.charts = `failed: ${error instanceof Error ? error.message : String(error)}`;
});

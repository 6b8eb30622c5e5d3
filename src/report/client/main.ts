import { drawAll } from './draw.js';
import { unfold } from './unfold.js';

unfold(document, window);
drawAll(document).catch((error: unknown) => {
  document.documentElement.dataset.charts = `failed: ${error instanceof Error ? error.message : String(error)}`;
});

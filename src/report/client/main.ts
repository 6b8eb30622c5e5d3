import { drawAll } from './draw.js';

drawAll(document).catch((error: unknown) => {
  document.documentElement.dataset.charts = `failed: ${error instanceof Error ? error.message : String(error)}`;
});

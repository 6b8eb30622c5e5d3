import type { LineSize } from '../../src/detection/scene.js';

/** The scene's lines as DejaVu Sans has them. */
export const sizes: readonly LineSize[] = [
  { widthPx: 106.4, ascentPx: 19, descentPx: 5 },
  { widthPx: 105.5, ascentPx: 21, descentPx: 5 },
  { widthPx: 152.6, ascentPx: 24, descentPx: 6 },
  { widthPx: 78.4, ascentPx: 19, descentPx: 5 },
  { widthPx: 123.1, ascentPx: 21, descentPx: 5 },
  { widthPx: 101.8, ascentPx: 24, descentPx: 6 },
];

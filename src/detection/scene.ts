import type { Box } from './box.js';

/** Version of the scene: raise it with every change of what is drawn or where. */
export const SCENE_VERSION = 1;

/** Size of the picture, px. Text detectors halve it five times. */
export const SCENE_SIZE = { width: 480, height: 288 } as const;

/** Pictures of the scene in a second, as a camera takes them. */
export const FRAMES_PER_SECOND = 30;

/** A line moves so far from its middle, to either side. */
const REACH_PX = 40;

/** All lines turn after a path of so many px, and come back the same way. */
export const WAY_PX = 2 * REACH_PX;

/** How large a line of text is in the font of this machine. */
export interface LineSize {
  readonly widthPx: number;
  readonly ascentPx: number;
  readonly descentPx: number;
}

/** The middle of each moves along a straight line at this angle. Their boxes never touch. */
const LINES = [
  { text: 'inference', fontPx: 20, angle: 0.35, x: 120, y: 48 },
  { text: 'browser', fontPx: 23, angle: -0.5, x: 360, y: 48 },
  { text: 'latency 42', fontPx: 26, angle: 1.2, x: 120, y: 144 },
  { text: 'frames', fontPx: 20, angle: 0.2, x: 360, y: 144 },
  { text: 'SIMD 128', fontPx: 23, angle: 1, x: 120, y: 240 },
  { text: 'worker', fontPx: 26, angle: 2.6, x: 360, y: 240 },
] as const;

export const LINE_COUNT = LINES.length;

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Sizes of the lines in the font that the machine has. */
export function measureLines(context: Context): LineSize[] {
  return LINES.map(({ text, fontPx }) => {
    context.font = font(fontPx);
    const { width, fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText(text);
    return { widthPx: width, ascentPx: fontBoundingBoxAscent, descentPx: fontBoundingBoxDescent };
  });
}

/**
 * The labels: where each line is after a path, which is what it has moved since the beginning. A line's box is its advance, and the ascent and
 * descent of its font, as text detectors are trained, not the tight box around its glyphs.
 */
export function lineBoxes(pathPx: number, sizes: readonly LineSize[]): Box[] {
  return sizes.map(({ widthPx, ascentPx, descentPx }, i) => {
    const { x, baseline } = placeOf(i, pathPx);
    return [x - widthPx / 2, baseline - ascentPx, x + widthPx / 2, baseline + descentPx];
  });
}

export function drawScene(context: Context, pathPx: number, sizes: readonly LineSize[]): void {
  const { width, height } = SCENE_SIZE;
  const paper = context.createLinearGradient(0, 0, width, height);
  paper.addColorStop(0, '#f3efe6');
  paper.addColorStop(1, '#cfd8e0');
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#1c2430';
  LINES.forEach(({ text, fontPx }, i) => {
    const { x, baseline } = placeOf(i, pathPx);
    context.font = font(fontPx);
    context.fillText(text, x - sizes[i]!.widthPx / 2, baseline);
  });
}

function placeOf(line: number, pathPx: number): { readonly x: number; readonly baseline: number } {
  const { x, y, angle } = LINES[line]!;
  const offPx = wayOf(pathPx) - REACH_PX;
  return { x: x + Math.cos(angle) * offPx, baseline: y + Math.sin(angle) * offPx };
}

/** Where on their way the lines are after a path, 0 to WAY_PX: the scene looks the same on the way there and back. */
export function wayOf(pathPx: number): number {
  const period = 2 * WAY_PX;
  const phase = ((pathPx % period) + period) % period;
  return Math.min(phase, period - phase);
}

const font = (px: number): string => `600 ${px}px sans-serif`;

/** Videos that the page draws and the test knows: something that moves over a background whose colour changes. */
export const testVideo = { width: 320, height: 192, frames: 60, framesPerSecond: 30, framesPerColour: 10 } as const;

/** A white square, or a road sign. */
export type Moving = 'square' | 'sign';

const SQUARE_PX = 60;
/** From its middle to a corner. */
export const SIGN_PX = 60;

/** x, y, width, height of what moves. */
export function boxAt(moving: Moving, frame: number): readonly [number, number, number, number] {
  if (moving === 'square') return [8 + 4 * frame, 40 + frame, SQUARE_PX, SQUARE_PX];
  // Its sides stand upright: they are nearer than the corners.
  const side = 2 * SIGN_PX * Math.cos(Math.PI / 8);
  return [10 + 3 * frame, 20 + frame / 4, side, side];
}

/** Red, green or blue: 0, 1 or 2. */
export const colourAt = (frame: number): number => Math.floor(frame / testVideo.framesPerColour) % 3;

/** When a frame is due, s. The sign’s frames are not evenly spaced. */
export const dueAt = (moving: Moving, frame: number): number =>
  frame / testVideo.framesPerSecond + (moving === 'sign' ? 0.008 * (frame % 3) : 0);

import { BufferTarget, CanvasSource, Output, WebMOutputFormat } from 'mediabunny';

const WIDTH = 480;
const HEIGHT = 304;
const FRAMES_PER_SECOND = 30;
/** Played in a loop. */
const SECONDS = 4;
/** Height of the strip at the bottom in which each frame’s number is drawn, one square per bit. */
const BITS = 16;
const BIT_PX = 16;

/** A VP8 video of a moving picture: the cheapest to decode of those that every Chromium has. Its frames say their number. */
export async function makeVideo(): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d')!;
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, { codec: 'vp8', bitrate: 1_500_000, keyFrameInterval: 1 });
  output.addVideoTrack(source, { frameRate: FRAMES_PER_SECOND });
  await output.start();
  for (let frame = 0; frame < SECONDS * FRAMES_PER_SECOND; frame++) {
    draw(context, frame);
    await source.add(frame / FRAMES_PER_SECOND, 1 / FRAMES_PER_SECOND);
  }
  await output.finalize();
  return new Uint8Array(target.buffer!);
}

function draw(context: CanvasRenderingContext2D, frame: number): void {
  context.fillStyle = '#e8ecf0';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  for (let i = 0; i < 6; i++) {
    const at = (frame / FRAMES_PER_SECOND + i / 6) * Math.PI;
    context.fillStyle = `hsl(${i * 60} 60% 55%)`;
    context.fillRect(WIDTH / 2 + Math.cos(at) * 180 - 30, 140 + Math.sin(2 * at) * 90 - 30, 60, 60);
  }
  for (let bit = 0; bit < BITS; bit++) {
    context.fillStyle = (frame >> bit) & 1 ? '#fff' : '#000';
    context.fillRect(bit * BIT_PX, HEIGHT - BIT_PX, BIT_PX, BIT_PX);
  }
}

import { BufferTarget, CanvasSource, Output, WebMOutputFormat } from 'mediabunny';
import { boxAt, colourAt, dueAt, type Moving, SIGN_PX, testVideo } from '../testVideo.js';

declare global {
  interface Window {
    /** Makes a video, and posts it to `/video/0`. */
    makeTestVideo(moving: Moving): Promise<void>;
  }
}

const { width, height, frames } = testVideo;

window.makeTestVideo = async (moving) => {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, { codec: 'vp8', bitrate: 2_000_000, keyFrameInterval: 1 });
  output.addVideoTrack(source);
  await output.start();
  for (let frame = 0; frame < frames; frame++) {
    draw[moving](context, frame);
    const dueS = dueAt(moving, frame);
    await source.add(dueS, dueAt(moving, frame + 1) - dueS);
  }
  await output.finalize();
  await fetch('/video/0', { method: 'POST', body: new Blob([target.buffer!]) });
};

const COLOURS = ['rgb(110 0 0)', 'rgb(0 110 0)', 'rgb(0 0 110)'];

const draw: Readonly<Record<Moving, (context: CanvasRenderingContext2D, frame: number) => void>> = {
  square(context, frame) {
    context.fillStyle = COLOURS[colourAt(frame)]!;
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#fff';
    context.fillRect(...boxAt('square', frame));
  },
  /** A stop sign on its post beside a road: a drawing that detectors of photographs know. */
  sign(context, frame) {
    const [left, top, side] = boxAt('sign', frame);
    const [x, y] = [left + side / 2, top + side / 2];
    context.fillStyle = '#c3d8e8';
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#6b7a4f';
    context.fillRect(0, 0.75 * height, width, height);
    context.fillStyle = '#888';
    context.fillRect(x - 4, y, 8, height);
    const octagon = (reach: number, fill: string): void => {
      context.fillStyle = fill;
      context.beginPath();
      for (let corner = 0; corner < 8; corner++) {
        const angle = Math.PI / 8 + (corner * Math.PI) / 4;
        context.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
      }
      context.fill();
    };
    octagon(SIGN_PX, '#fff');
    octagon(SIGN_PX - 4, '#b3121d');
    Object.assign(context, { fillStyle: '#fff', font: '700 38px sans-serif', textAlign: 'center', textBaseline: 'middle' });
    context.fillText('STOP', x, y + 2);
  },
};

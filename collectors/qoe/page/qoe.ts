import { operationKinds } from '../../../src/bundle/qoeLog.js';
import { makeVideo } from './makeVideo.js';
import type { Seen } from './protocol.js';
import { type TodoList, todoList, todoStyle } from './todoList.js';

/** Time between two operations that a script makes. */
const SCRIPTED_EVERY_MS = 120;
const SPEED_PX = 4;
const WAY_PX = 500;

const style = `${todoStyle}
body{margin:0;font:14px sans-serif}
#inferscope-main,#inferscope-compositor{position:absolute;left:10px;width:60px;height:40px}
#inferscope-main{top:440px;background:#c33}
#inferscope-compositor{top:490px;background:#36c;will-change:transform}
#inferscope-compositor.moves{animation:inferscope-slide 2s linear infinite alternate}
@keyframes inferscope-slide{to{transform:translateX(${WAY_PX}px)}}
video{position:absolute;left:620px;top:10px}`;

let list: TodoList;
let main: HTMLElement;
let compositor: HTMLElement;
let mainMoves = true;
let video: HTMLVideoElement | null = null;
let end: () => Promise<Seen>;

window.inferscopeQoe = {
  async makeVideo() {
    try {
      const body = new Blob([await makeVideo()]);
      const { ok, status } = await fetch('/video/0', { method: 'POST', body });
      return ok ? null : `the server refused it with status ${status}`;
    } catch (error) {
      return String(error);
    }
  },
  async build({ hasVideo, mainMoves: moves }) {
    mainMoves = moves;
    const sheet = document.createElement('style');
    sheet.textContent = style;
    document.head.append(sheet);
    list = todoList(document.body);
    main = box('inferscope-main');
    compositor = box('inferscope-compositor');
    if (!hasVideo) return;
    video = document.createElement('video');
    video.muted = true;
    video.loop = true;
    const canPlay = new Promise((resolve, reject) => {
      video!.oncanplaythrough = resolve;
      video!.onerror = () => reject(new Error(`The video cannot be played: ${video!.error?.message}`));
    });
    video.src = '/video/0';
    document.body.append(video);
    await canPlay;
  },
  async begin(measure) {
    await video?.play();
    compositor.className = 'moves';
    end = using(measure);
  },
  end: () => end(),
};

function box(id: string): HTMLElement {
  const element = document.createElement('div');
  element.id = id;
  document.body.append(element);
  return element;
}

/** Counts what the page gets to do from now on. @returns ends it */
function using(measure: string): () => Promise<Seen> {
  const start = performance.now();
  const quality = video?.getVideoPlaybackQuality();
  const scriptedMs: number[] = [];
  let isOn = true;
  let animationFrames = 0;
  let callbacks = 0;
  let presented: readonly [first: number, last: number] | null = null;

  const move = (): void => {
    if (!isOn) return;
    animationFrames++;
    main.style.left = `${10 + ((animationFrames * SPEED_PX) % WAY_PX)}px`;
    requestAnimationFrame(move);
  };
  const shown = (_: number, { presentedFrames }: VideoFrameCallbackMetadata): void => {
    if (!isOn) return;
    callbacks++;
    presented = [presented?.[0] ?? presentedFrames, presentedFrames];
    video!.requestVideoFrameCallback(shown);
  };
  if (mainMoves) requestAnimationFrame(move);
  video?.requestVideoFrameCallback(shown);
  let turn = 0;
  const timer = setInterval(async () => {
    if (!mainMoves) return;
    const ms = await scripted(() => list.operate(operationKinds[turn++ % operationKinds.length]!));
    if (isOn) scriptedMs.push(ms);
  }, SCRIPTED_EVERY_MS);

  return async () => {
    isOn = false;
    clearInterval(timer);
    const stop = performance.now();
    performance.measure(measure, { start, end: stop });
    compositor.className = '';
    const after = video?.getVideoPlaybackQuality();
    video?.pause();
    return {
      seconds: (stop - start) / 1000,
      scriptedMs,
      animationFrames,
      video:
        quality && after
          ? {
              callbacks,
              // The first one was shown, too.
              presented: presented === null ? 0 : presented[1] - presented[0] + 1,
              total: after.totalVideoFrames - quality.totalVideoFrames,
              dropped: after.droppedVideoFrames - quality.droppedVideoFrames,
            }
          : null,
    };
  };
}

/**
 * Time of a GUI operation as Speedometer 2 takes it: its handlers, and a task after them in which the layout is made.
 * https://browserbench.org/Speedometer2.0/
 */
async function scripted(operation: () => void): Promise<number> {
  const start = performance.now();
  operation();
  await new Promise((resolve) => setTimeout(resolve, 0));
  document.body.getBoundingClientRect();
  return performance.now() - start;
}

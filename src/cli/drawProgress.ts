import type { Ora } from 'ora';
import { type Progress, silent } from '../../collectors/progress.js';
import { inertText } from '../text/inertText.js';
import { durationText } from './durationText.js';

export interface DrawnProgress extends Progress {
  /** Marks the last step as done or failed. */
  end(ok: boolean): void;
}

export interface ProgressOptions {
  /** Draws nothing. */
  readonly quiet?: boolean | undefined;
  /** On a terminal, what was done leaves no line: an answer follows. */
  readonly fades?: boolean;
  readonly stream?: NodeJS.WriteStream;
}

/**
 * Draws progress on stderr: one moving line per step on a terminal, otherwise a plain line when each step begins, and now and then
 * how far it is.
 */
export async function drawProgress({
  quiet = false,
  fades = false,
  stream = process.stderr,
}: ProgressOptions = {}): Promise<DrawnProgress> {
  if (quiet) return { ...silent, end: () => {} };
  return stream.isTTY ? movingLine(stream, fades, (await import('ora')).default) : plainLines(stream);
}

/** Draws the progress of some work that an answer follows; where it throws, its last step is marked as failed. */
export async function whileDrawing<T>(work: (progress: Progress) => Promise<T>, options: ProgressOptions = {}): Promise<T> {
  const progress = await drawProgress({ fades: true, ...options });
  try {
    const result = await work(progress);
    progress.end(true);
    return result;
  } catch (error) {
    progress.end(false);
    throw error;
  }
}

/** Of a shorter stretch it is not known how long the rest takes. */
const LEAST_MS = 3000;
const LEAST_FRACTION = 0.05;

/** "42 %, 3 of 7 rounds, about 20 s left"; a detail that says itself how long is left is taken at its word. */
function advanceText(fraction: number | null, detail: string, passedMs: number): string {
  if (fraction === null) return detail;
  const done = Math.min(1, fraction);
  const isKnown = passedMs >= LEAST_MS && done >= LEAST_FRACTION && done < 1 && !/\bleft\b/.test(detail);
  const left = isKnown ? `, about ${durationText((passedMs * (1 - done)) / done)} left` : '';
  return `${Math.floor(done * 100)} %, ${detail}${left}`;
}

function movingLine(stream: NodeJS.WriteStream, fades: boolean, ora: typeof import('ora').default): DrawnProgress {
  let spinner: Ora | null = null;
  let title = '';
  let detail = '';
  let begunMs = 0;
  const text = (): string => inertText(detail === '' ? title : `${title}: ${detail}`);
  const end = (ok: boolean): void => {
    if (ok && fades) spinner?.stop();
    else if (ok) spinner?.succeed(text());
    else spinner?.fail(text());
    spinner = null;
  };
  return {
    step(next) {
      end(true);
      title = next;
      detail = '';
      begunMs = performance.now();
      spinner = ora({ text: text(), stream, discardStdin: false }).start();
    },
    advance(fraction, what) {
      detail = advanceText(fraction, what, performance.now() - begunMs);
      if (spinner) spinner.text = text();
    },
    note(what) {
      spinner?.stop();
      stream.write(`  ${inertText(what)}\n`);
      spinner?.start();
    },
    end,
  };
}

/** A log has a line so often, at most. */
const EVERY_MS = 10_000;

function plainLines(stream: NodeJS.WriteStream): DrawnProgress {
  let begunMs = performance.now();
  let saidMs = begunMs;
  return {
    step(title) {
      begunMs = saidMs = performance.now();
      stream.write(`${inertText(title)}\n`);
    },
    advance(fraction, detail) {
      const nowMs = performance.now();
      if (nowMs - saidMs < EVERY_MS) return;
      saidMs = nowMs;
      stream.write(`  ${inertText(advanceText(fraction, detail, nowMs - begunMs))}\n`);
    },
    note: (text) => void stream.write(`  ${inertText(text)}\n`),
    end: () => {},
  };
}

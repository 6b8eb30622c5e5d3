import type { Ora } from 'ora';
import type { Progress } from '../../collectors/progress.js';
import { inertText } from '../text/inertText.js';

export interface DrawnProgress extends Progress {
  /** Marks the last step as done or failed. */
  end(ok: boolean): void;
}

/** Draws progress on stderr: one moving line per step on a terminal, otherwise a plain line when each step begins. */
export async function drawProgress(stream: NodeJS.WriteStream = process.stderr): Promise<DrawnProgress> {
  return stream.isTTY ? movingLine(stream, (await import('ora')).default) : plainLines(stream);
}

/** Draws the progress of some work, and marks its last step as done, or as failed where it throws. */
export async function whileDrawing<T>(work: (progress: Progress) => Promise<T>): Promise<T> {
  const progress = await drawProgress();
  try {
    const result = await work(progress);
    progress.end(true);
    return result;
  } catch (error) {
    progress.end(false);
    throw error;
  }
}

function movingLine(stream: NodeJS.WriteStream, ora: typeof import('ora').default): DrawnProgress {
  let spinner: Ora | null = null;
  let title = '';
  let detail = '';
  const text = (): string => inertText(detail === '' ? title : `${title}: ${detail}`);
  const end = (ok: boolean): void => {
    if (ok) spinner?.succeed(text());
    else spinner?.fail(text());
    spinner = null;
  };
  return {
    step(next) {
      end(true);
      title = next;
      detail = '';
      spinner = ora({ text: text(), stream, discardStdin: false }).start();
    },
    advance(fraction, what) {
      detail = fraction === null ? what : `${Math.floor(Math.min(1, fraction) * 100)} %, ${what}`;
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

function plainLines(stream: NodeJS.WriteStream): DrawnProgress {
  return {
    step: (title) => void stream.write(`${inertText(title)}\n`),
    advance: () => {},
    note: (text) => void stream.write(`  ${inertText(text)}\n`),
    end: () => {},
  };
}

import ora, { type Ora } from 'ora';
import type { Progress } from '../../collectors/progress.js';
import { inertText } from '../report/inertText.js';

/** Draws progress on stderr: one moving line on a terminal, a line per step elsewhere. `end` leaves the last step as done or failed. */
export function drawProgress(stream: NodeJS.WriteStream = process.stderr): Progress & { end(ok: boolean): void } {
  let spinner: Ora | null = null;
  let title = '';
  let detail = '';
  const text = (): string => inertText(detail === '' ? title : `${title}: ${detail}`);
  const finish = (ok: boolean): void => {
    if (ok) spinner?.succeed(text());
    else spinner?.fail(text());
    spinner = null;
  };
  return {
    step(next) {
      finish(true);
      title = next;
      detail = '';
      // Without a terminal, ora prints each step once as it begins and once as it ends.
      spinner = ora({ text: text(), stream, discardStdin: false }).start();
    },
    advance(fraction, what) {
      detail = fraction === null ? what : `${Math.floor(Math.min(1, fraction) * 100)} %, ${what}`;
      if (spinner) spinner.text = text();
    },
    note(what) {
      if (!spinner) stream.write(`${inertText(what)}\n`);
      else {
        spinner.stop();
        stream.write(`  ${inertText(what)}\n`);
        spinner.start();
      }
    },
    end: finish,
  };
}

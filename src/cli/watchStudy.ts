import type { StudyWatcher } from '../../collectors/study/runStudy.js';
import type { TimeLeft } from '../../collectors/study/studyOrder.js';
import type { DrawnProgress } from './drawProgress.js';
import { durationText } from './durationText.js';

/**
 * Shows the progress of a study: one line per run, with its steps if the terminal can redraw it. A note from several runs is
 * printed once.
 */
export function watchStudy(drawn: DrawnProgress, rounds: number): StudyWatcher {
  const noted = new Set<string>();
  return {
    begins({ number, of, cell, round, left }) {
      let step = '';
      drawn.step(`Run ${number} of ${of}, round ${round + 1} of ${rounds}: ${cell.id}${left ? ` (${leftText(left)})` : ''}`);
      return {
        step(title) {
          step = title;
          drawn.advance(null, title);
        },
        advance: (fraction, detail) =>
          drawn.advance(null, fraction === null ? detail : `${step}, ${Math.floor(Math.min(1, fraction) * 100)} %`),
        note(text) {
          if (noted.has(text)) return;
          noted.add(text);
          drawn.note(text);
        },
      };
    },
    ends({ outcome, reason, tookMs }) {
      const failed = outcome === 'failed';
      drawn.advance(null, `${failed ? 'failed' : 'done'} after ${durationText(tookMs)}`);
      drawn.end(!failed);
      if (reason !== null) drawn.note(failed ? `failed: ${reason}` : reason);
    },
  };
}

const leftText = ({ ms, atMost }: TimeLeft): string => `${atMost ? 'at most' : 'about'} ${durationText(ms)} left`;

import type { StudyWatcher } from '../../collectors/study/runStudy.js';
import type { TimeLeft } from '../../collectors/study/studyOrder.js';
import type { DrawnProgress } from './drawProgress.js';

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

/** A duration for people: 40 s, 6 min, 2 h 10 min. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

import type { Verdict } from '../frames/vsyncs.js';

export const verdictTitles: Readonly<Record<Verdict, string>> = {
  onTime: 'Smooth',
  partial: 'Partial',
  missed: 'Missed',
  idle: 'Nothing to show',
};

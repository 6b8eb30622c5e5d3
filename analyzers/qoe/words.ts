import type { QoeCondition } from '../../src/bundle/qoeLog.js';
import type { Verdict } from '../frames/vsyncs.js';

export const conditionTitles: Readonly<Record<QoeCondition, string>> = {
  none: 'Without inference',
  main: 'On the main thread',
  worker: 'In a worker',
};

export const verdictTitles: Readonly<Record<Verdict, string>> = {
  onTime: 'Smooth',
  partial: 'Partial',
  missed: 'Missed',
  idle: 'Nothing to show',
};

import type { Verdict } from '../frames/vsyncs.js';

export const verdictTitles: Readonly<Record<Verdict, string>> = {
  onTime: 'Smooth',
  partial: 'Partial',
  missed: 'Missed',
  idle: 'Nothing to show',
};

/** Why a figure of a model on the GPU is doubtful. */
export const SOFTWARE_GPU = 'The processor stood in for a GPU';

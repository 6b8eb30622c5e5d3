import type { GpuCondition } from '../../src/bundle/qoeConditions.js';
import type { OwnVideo } from './ownVideo.js';

/** How often a page infers while it is used, and for how long it is used. */
export interface QoeOptions {
  /** Part of the time that inference is to take; null: `ratePerSecond` holds. */
  readonly duty: number | null;
  readonly ratePerSecond: number | null;
  readonly rounds: number;
  readonly secondsPerRound: number;
  /** GPU backends that the model also runs on, each a condition of its own. */
  readonly backends: readonly GpuCondition[];
  /** In which the model finds something, besides. */
  readonly video: OwnVideo | null;
}

export const QOE_DEFAULTS: QoeOptions = {
  duty: 0.5,
  ratePerSecond: null,
  rounds: 8,
  secondsPerRound: 5,
  backends: [],
  video: null,
};

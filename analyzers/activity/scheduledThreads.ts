import { fact, sampledEveryUs, trace } from '../input.js';
import { activities } from './callStacks.js';
import { threadScheduling } from './scheduling.js';
import { awakeSpans } from './threadSpans.js';

/** Scheduling of the recorded threads, by the operating system's scheduler. */
export const scheduling = fact('scheduling', (get) => {
  const recorded = get.input.scheduling;
  const of = get(trace);
  const everyUs = get.maybe(sampledEveryUs);
  const doing = get(activities);
  return recorded && threadScheduling(of, recorded, (thread, around) => awakeSpans(of, thread, doing, around, everyUs));
});

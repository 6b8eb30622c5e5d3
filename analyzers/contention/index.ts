import { activities } from '../activity/callStacks.js';
import { scheduling } from '../activity/scheduling.js';
import { fact, trace } from '../input.js';
import { split } from '../partition/splitWindows.js';
import { question } from '../question.js';
import { windows } from '../windows/index.js';
import { pageTaskTimes } from './pageTasks.js';
import { threadUse } from './threadUse.js';
import { workerUse } from './workers.js';

export const threads = fact('threads', (get) => threadUse(get(trace), get(scheduling), get(split), get(activities)));

/** Who else wanted the cores, or the thread. */
export const contention = question({
  facts: {
    /** What each thread of the windows' processes did in them, by the scheduler; busiest first. Null without scheduling figures. */
    threads,
    /** The same by CPU samples: who computed, polled and waited. Null where the owner works alone, or nothing was sampled. */
    workers: fact('workers', (get) => {
      get(windows);
      return workerUse(get(trace), get(split), get.maybe(threads));
    }),
    /** What the page did in the middle of windows that is not the inference; null without a window. */
    pageTasks: fact('pageTasks', (get) => {
      get(windows);
      return pageTaskTimes(get(trace), get(split));
    }),
  },
  notes: () => [],
  view: 'report',
});

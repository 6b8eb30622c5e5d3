import { activities } from '../activity/callStacks.js';
import { scheduling } from '../activity/scheduledThreads.js';
import { busy } from '../activity/scheduling.js';
import { fact, trace } from '../input.js';
import { split } from '../partition/splitWindows.js';
import { question } from '../question.js';
import { windows } from '../windows/index.js';
import { coreHolders } from './coreHolders.js';
import { pageTaskTimes } from './pageTasks.js';
import { threadUse } from './threadUse.js';
import { view } from './view.js';
import { workerUse } from './workers.js';

export const threads = fact('threads', (get) => threadUse(get(trace), get(scheduling), get(split), get(activities)));

/** What else used the cores, or the page's thread. */
export const contention = question({
  facts: {
    /**
     * What each thread of the windows' processes did in the windows, from the scheduler's records; busiest first. Null without
     * scheduling events.
     */
    threads,
    /** Who used the cores in the windows besides the thread that runs the call. Null without scheduling events. */
    cores: fact('cores', (get) => coreHolders(get(trace), get(scheduling), get.maybe(busy), get(split))),
    /**
     * The same from CPU samples: threads that computed, polled and waited. Null where the owner works alone, or nothing was
     * sampled.
     */
    workers: fact('workers', (get) => {
      get(windows);
      return workerUse(get(trace), get(split), get.maybe(scheduling) ?? []);
    }),
    /** What else the page did in the middle of windows, besides the inference; null without a window. */
    pageTasks: fact('pageTasks', (get) => {
      get(windows);
      return pageTaskTimes(get(trace), get(split));
    }),
  },
  notes: () => [],
  view,
});

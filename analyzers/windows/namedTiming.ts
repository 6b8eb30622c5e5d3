import { glob } from '../../src/text/glob.js';
import type { Finder, Search } from './finder.js';
import { ownedByWhoComputes } from './hookedCalls.js';
import { recordedUntilUs } from './inRecording.js';
import { measureWindows } from './measures.js';

const nameOf = ({ mark, page }: Search): string | null => mark ?? page?.page.mark ?? null;

/** User timing that the user named as inferences, with --mark, for this analysis or when the page was recorded. */
export const namedTiming: Finder = {
  looksFor: (search) => {
    const name = nameOf(search);
    return name === null ? 'user timing named by --mark (none was named)' : `user timing named ${name}`;
  },
  isFinal: (search) => nameOf(search) !== null,
  find: (search) => {
    const name = nameOf(search);
    if (name === null) return null;
    const matches = glob(name);
    const names = search.trace.tables.userTiming.columns.name;
    const marked = measureWindows(search.trace, (row) => matches(names.at(row)), recordedUntilUs(search));
    if (marked.length === 0) return null;
    return {
      windows: search.page ? ownedByWhoComputes(search, marked) : marked,
      setup: null,
      warmup: null,
      source: `user timing named ${name}`,
      confidence: 1,
      confidenceWhy: 'The user said what an inference is.',
    };
  },
};

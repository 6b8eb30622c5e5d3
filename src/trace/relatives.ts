/** How to come by a trace that can be read: ends a sentence. */
export const browsersTrace = 'in DevTools (Performance, Save profile) or with trace collect <url>';

const insteadRecord = `Record a trace instead, ${browsersTrace}.`;

/** What Playwright’s trace viewer reads, packed or not. It must not lead its owner to unpack it and look for a trace. */
export const playwrightsTrace = {
  is: 'a trace of Playwright’s own (for its trace viewer), which holds actions, snapshots and requests, and neither threads nor CPU samples',
  advice:
    'Record what Chromium does instead: await browser.startTracing(page, { path: "trace.json" }) before the inferences and await browser.stopTracing() after them, or trace collect <url>.',
};

/** A JSON document of another tool. */
interface Relative {
  /** Completes "Not a trace but …". */
  readonly is: string;
  readonly advice: string;
  /** True if its events have the form of Chrome’s. All others hold no events. */
  readonly holdsEvents?: true;
  /** @param has whether the document has that key at its top */
  readonly fits: (has: (key: string) => boolean, document: JsonDocument) => boolean;
}

export interface JsonDocument {
  readonly hasEvents: boolean;
  /** Keys at its top. */
  readonly topKeys: ReadonlySet<string>;
  /** Elements of `samples`. */
  readonly samples: number;
}

/** One entry per format, the ones that are told by more keys first. */
const relatives: readonly Relative[] = [
  {
    is: 'a trace of PyTorch’s profiler (kineto), which shows a Python process and no browser',
    advice: `Its inferences cannot be found. To see why the model is slow in a browser, record the page ${browsersTrace}.`,
    holdsEvents: true,
    fits: (has) => has('schemaVersion') && (has('deviceProperties') || has('distributedInfo') || has('record_shapes')),
  },
  {
    ...playwrightsTrace,
    fits: (has) =>
      (has('type') && ((has('browserName') && has('monotonicTime')) || (has('snapshot') && !has('nodes')))) ||
      (has('files') && has('stacks')),
  },
  {
    is: 'a profile of Firefox, whose engine and threads are others',
    advice: `Inferscope reads traces of Chromium: record the page there, ${browsersTrace}.`,
    fits: (has) => has('meta') && has('threads') && (has('libs') || has('processes') || has('shared')),
  },
  {
    is: 'a report of Lighthouse, which holds audits and no events',
    advice: insteadRecord,
    fits: (has) => has('lighthouseVersion') || (has('audits') && has('categories')),
  },
  {
    is: 'a file of speedscope, which holds call stacks and no events',
    advice:
      'Give the trace that it was made from, if that is one of Chromium, or record one in DevTools or with trace collect <url>.',
    fits: (has) => has('profiles') && has('shared'),
  },
  {
    is: 'a CPU profile (.cpuprofile), which holds samples of one thread and no events: it cannot tell where an inference waits',
    advice: insteadRecord,
    fits: (has) => has('nodes') && (has('timeDeltas') || has('startTime')),
  },
  {
    is: 'a heap timeline (.heaptimeline), which holds objects and when they were allocated, and no work',
    advice: insteadRecord,
    fits: (has, { samples }) => has('snapshot') && samples > 0,
  },
  {
    is: 'a heap snapshot (.heapsnapshot), which holds objects and no times',
    advice: insteadRecord,
    fits: (has) => has('snapshot'),
  },
  {
    is: 'a sampling profile of the heap (.heapprofile), which holds allocations and no times',
    advice: insteadRecord,
    fits: (has) => has('head') && has('samples'),
  },
  {
    is: 'a HAR file, which holds requests and no work',
    advice: insteadRecord,
    fits: (has, { topKeys }) => has('log') && topKeys.size === 1,
  },
  {
    is: 'a network log of Chrome (NetLog), which holds requests and no work',
    advice: insteadRecord,
    fits: (has) => has('constants') && has('events'),
  },
  {
    is: 'a file that Inferscope wrote',
    advice: 'Give the bundle, which is the folder that holds run.json, or the trace.json.gz in it.',
    fits: (has) => has('schema') && has('toolVersion'),
  },
];

/** What a JSON document of another tool is; null if it is none that is known. */
export function relativeOf(document: JsonDocument): Pick<Relative, 'is' | 'advice'> | null {
  const has = (key: string): boolean => document.topKeys.has(key);
  return relatives.find(({ holdsEvents = false, fits }) => holdsEvents === document.hasEvents && fits(has, document)) ?? null;
}

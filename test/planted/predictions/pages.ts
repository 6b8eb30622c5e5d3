import { median } from 'simple-statistics';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import { loadInput } from '../../../src/loadInput.js';
import { watching } from '../../collectors/page/watching.js';
import { servePages } from '../../pages/servePages.js';
import { ownCodeModules } from '../pages/ownCodeModules.js';
import type { PredictionCase } from './prediction.js';

const RECORDED_MS = 5000;
/** The first uses of a page compile. */
const SETTLING = 3;

interface Watched {
  readonly analysis: Analysis;
  /** Median of a phase by the page's own clock, ms. */
  readonly phaseMs: (phase: string) => number;
}

/**
 * @param before the page as it is, and `after` the same with the change
 * @param of how long it takes, ms
 */
const pageCase = (
  { id, title, step }: Pick<PredictionCase, 'id' | 'title' | 'step'>,
  [before, after]: readonly [string, string],
  of: (watched: Watched) => number,
): PredictionCase => ({
  id,
  title,
  step,
  async open(folder) {
    const server = await servePages(folder, ownCodeModules);
    const watch = async (path: string): Promise<Watched> => {
      server.takeLog();
      const { folder: bundle } = await watching(folder, { url: `${server.origin}${path}` }, {}, RECORDED_MS);
      const log = server.takeLog();
      const analysis = analyze(await loadInput(bundle));
      const phaseMs = (phase: string): number =>
        median(
          log
            .filter((entry) => (entry.phase as string) === phase)
            .slice(SETTLING)
            .map(({ startMs, endMs }) => endMs - startMs),
        );
      return { analysis, phaseMs };
    };
    return {
      before: async () => {
        const watched = await watch(before);
        return { ms: of(watched), analysis: watched.analysis };
      },
      after: async () => of(await watch(after)),
      close: () => server.close(),
    };
  },
});

const aUse = ({ phaseMs }: Watched): number => phaseMs('use');

/** Pages that are watched, with the page's own clock for what they take. */
export const pageCases: readonly PredictionCase[] = [
  ...[6, 12, 24].map((rankMs) =>
    pageCase(
      { id: `rank-${rankMs}`, title: `no ${rankMs} ms of a page’s own ranking`, step: 'page.script' },
      [`/own-code/?rank=${rankMs}`, '/own-code/'],
      aUse,
    ),
  ),
  pageCase(
    { id: 'entities', title: 'no objects made of the outputs', step: 'page.script' },
    ['/own-code/?entities=300000', '/own-code/'],
    aUse,
  ),
  pageCase(
    { id: 'tokenizer', title: 'no tokenizer in Wasm before the model', step: 'page.script' },
    ['/own-code/?tokenizer', '/own-code/'],
    aUse,
  ),
  pageCase(
    { id: 'session', title: 'the session kept, and not created anew', step: 'session.keep' },
    ['/own-code/?session', '/own-code/'],
    aUse,
  ),
  pageCase(
    { id: 'worker', title: 'the inference in a worker', step: 'main-thread.worker' },
    ['/ort-main/', '/ort-worker/'],
    ({ analysis }) => analysis.mainThread?.blockedMedianMs ?? 0,
  ),
];

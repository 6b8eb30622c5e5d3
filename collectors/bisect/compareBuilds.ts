import { randomBytes } from 'node:crypto';
import type { BuildComparison } from '../../src/bundle/bisect.js';
import { buildRatio, buildVerdict, COMPARED_RUNGS } from '../../src/stats/buildRatio.js';
import { compareOutputs } from '../baseline/compareOutputs.js';
import { browserFacts, launchFor } from '../browser/launchBrowser.js';
import type { BuildFolders } from '../builds/publishedBuild.js';
import type { CollectOptions } from '../collectOptions.js';
import { NOTHING_CHANGED, NOTHING_RECORDED, type Workload } from '../harness/protocol.js';
import { type HarnessServer, serveHarness } from '../harness/server.js';
import { contentOf, toldOf } from '../harness/subject.js';
import { climbLadder, type OpenRung } from '../ladder/climbLadder.js';
import { openIn } from '../ladder/openRung.js';
import type { Progress } from '../progress.js';
import { shortReason } from '../tryRun.js';

/** What every build runs. */
export type BuildSubject = Pick<
  CollectOptions,
  'model' | 'inputs' | 'framework' | 'backend' | 'on' | 'threads' | 'simd' | 'seed'
>;

export interface BuildPair {
  readonly reference: BuildFolders;
  readonly candidate: BuildFolders;
}

export interface ComparedBuilds {
  /** Why the candidate does not run; null: it does. */
  readonly lack: string | null;
  /** The browser's product; null if none was started. */
  readonly browser: string | null;
}

export interface ComparisonLimits {
  /** Time that is left for it, ms. */
  readonly budgetMs: number;
  /** How much slower counts. */
  readonly limit: number;
}

type Rung = { readonly id: (typeof COMPARED_RUNGS)[number]; readonly side: false };

/** The candidate fails, and not what it is compared with. */
class CandidateError extends Error {
  constructor(override readonly cause: Error) {
    super(cause.message);
  }
}

/** What happens once may be the machine's. */
const ATTEMPTS = 2;

/**
 * Runs a build beside another, which runs twice, in fresh browsers that take turns, until it is clear whether it is slower by more
 * than the limit, or the budget ends. Replicates are added to those that the comparison has, and passed on one by one.
 * @param comparison gets replicates and the outputs
 * @throws CollectError if the reference does not run, or it was stopped
 */
export async function compareBuilds(
  { reference, candidate }: BuildPair,
  subject: BuildSubject,
  comparison: BuildComparison,
  { budgetMs, limit }: ComparisonLimits,
  keep: () => Promise<void>,
  progress: Progress,
  signal: AbortSignal,
): Promise<ComparedBuilds> {
  const serve = (frameworkFolders: BuildFolders): Promise<HarnessServer> =>
    serveHarness({ ...contentOf({ ...subject, frameworkFolders }), isolated: true });
  const servers = { reference: await serve(reference), candidate: await serve(candidate) };
  let browser: string | null = null;
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await climbLadder<Rung>(
          {
            rungs: COMPARED_RUNGS.map((id) => ({ id, side: false })),
            budgetMs,
            seed: subject.seed + comparison.replicates.length,
            open: async ({ id }) => {
              const open = async (): Promise<OpenRung> => {
                const opened = await openBuild(servers[id === 'candidate' ? 'candidate' : 'reference'], subject, signal);
                browser ??= opened.browser;
                return opened.rung;
              };
              return id === 'candidate' ? asCandidate(open) : open();
            },
            check: async (opened) => {
              const [expected, found] = [await opened.get('reference')?.outputs?.(), await opened.get('candidate')?.outputs?.()];
              if (expected && found) comparison.outputs = compareOutputs(found, expected);
            },
            keep: async ({ rounds }) => {
              comparison.replicates.push({
                rounds: rounds.map((round) => round.map(({ rung, ms }) => ({ rung: rung as Rung['id'], ms }))),
              });
              await keep();
            },
            enough: () => buildVerdict(buildRatio(comparison.replicates), limit) !== 'undecided',
          },
          progress,
        );
        return { lack: null, browser };
      } catch (error) {
        if (signal.aborted || !(error instanceof CandidateError)) throw error;
        if (attempt === ATTEMPTS) return { lack: shortReason(error.cause), browser };
      }
    }
  } finally {
    for (const server of Object.values(servers)) await server.close();
  }
}

/** A rung whose failures are told from those of the others. */
async function asCandidate(open: () => Promise<OpenRung>): Promise<OpenRung> {
  const asOwn = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: Error) => {
      throw new CandidateError(error);
    });
  const rung = await asOwn(open());
  return { ...rung, predict: (count) => asOwn(rung.predict(count)) };
}

async function openBuild(
  server: HarnessServer,
  subject: BuildSubject,
  signal: AbortSignal,
): Promise<{ readonly rung: OpenRung; readonly browser: string }> {
  const { backend, on, threads, simd } = subject;
  const launched = await launchFor(backend);
  const workload: Workload = {
    runId: randomBytes(4).toString('hex'),
    backend,
    threads,
    simd,
    ...toldOf(subject),
    ...NOTHING_CHANGED,
    ...NOTHING_RECORDED,
  };
  const { browser } = launched;
  const lent = { browser, release: () => browser.close().catch(() => {}) };
  const rung = await openIn(lent, async () => ({ server, workload }), on, signal);
  try {
    return { browser: (await browserFacts(launched)).product, rung };
  } catch (error) {
    await rung.close().catch(() => {});
    throw error;
  }
}

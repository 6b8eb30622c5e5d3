import { setTimeout as sleep } from 'node:timers/promises';
import type { VisitEntry, VisitLog, VisitSeries } from '../../src/bundle/visitLog.js';
import { plural } from '../../src/view/format.js';
import { launchProfile } from '../browser/launchBrowser.js';
import { recordTrace, VISIT_CATEGORIES } from '../chromeTrace/recordTrace.js';
import { frameworks, isGpuBackend } from '../frameworks.js';
import type { Workload } from '../harness/protocol.js';
import type { HarnessServer, ServedPage } from '../harness/server.js';
import { openHarness } from '../harness/session.js';
import type { PassContext } from '../passContext.js';
import type { ProtocolSession } from '../protocolSession.js';
import { settle } from '../timing/timingRounds.js';
import { beginLog, keepVisit, REST_MS, withProfile } from './visitLog.js';

type Context = Omit<PassContext, 'picked'>;

/** Predictions after the first one, so that V8 finds the functions that are worth to be compiled again, which are those that it keeps. */
const SETTLING_MS = 1500;

/**
 * Opens the run's page several times in one profile: the first visit finds nothing, later ones what the browser kept on disk. Each is in a
 * browser of its own, as code in the memory of a process is not what a visitor comes back to. Where the framework can be given its Wasm as
 * bytes the same is done so in a second profile, in turn: the difference is what the code cache spares. If it fails, the run has not failed,
 * and the visits made so far are kept.
 */
export async function visitPass(
  visits: number,
  context: Context,
  serve: (page: ServedPage) => Promise<Pick<HarnessServer, 'origin' | 'take'>>,
): Promise<void> {
  const { record, options, progress, signal } = context;
  progress.step('Opening the page again and again in one profile');
  const log = await beginLog(visits, [options.framework]);
  try {
    const server = await serve({ isolated: options.isolated, cacheable: true });
    const series = seriesOf(options);
    await withProfiles(series, async (profiles) => {
      for (let number = 1; number <= visits; number++) {
        for (const each of series) {
          progress.advance(log.visits.length / (visits * series.length), `visit ${number} of ${visits}${IN_WORDS[each]}`);
          await visit({ series: each, number }, profiles[each]!, server, context, log);
        }
      }
    });
    record.manifest.collectors.visits = { outcome: 'done', detail: contents(log) };
  } catch (error) {
    if (signal.aborted) throw error;
    const before = log.visits.length > 0 ? ` after ${contents(log)}` : '';
    const detail = `The start of the page could not be recorded to its end${before}: ${(error as Error).message}`;
    record.manifest.collectors.visits = { outcome: 'failed', detail };
  }
}

const IN_WORDS: Readonly<Record<VisitSeries, string>> = { 'as-served': '', bytes: ', with the bytes of the module handed over' };

const seriesOf = ({ framework, backend }: Context['options']): readonly VisitSeries[] =>
  frameworks[framework].takesModuleBytes && backend === 'wasm' ? ['as-served', 'bytes'] : ['as-served'];

const contents = ({ visits }: VisitLog): string => `${plural(visits.length, 'visit')} of the page in a profile`;

type Profiles = Partial<Record<VisitSeries, string>>;

function withProfiles<T>(
  series: readonly VisitSeries[],
  action: (profiles: Profiles) => Promise<T>,
  given: Profiles = {},
): Promise<T> {
  const [next, ...others] = series;
  if (next === undefined) return action(given);
  return withProfile((profile) => withProfiles(others, action, { ...given, [next]: profile }));
}

async function visit(
  which: Pick<VisitEntry, 'series' | 'number'>,
  profile: string,
  server: Pick<HarnessServer, 'origin' | 'take'>,
  { options, workload, record, signal }: Context,
  log: VisitLog,
): Promise<void> {
  const own = await launchProfile(profile, gpuOf(options.backend, record));
  try {
    const session = await openHarness(own.browser()!, server, signal, own);
    // The browser’s session records all processes from their first moment: opening the page puts it into another one.
    const whole = await own.browser()!.newBrowserCDPSession();
    const recording = await recordTrace(whole as ProtocolSession, VISIT_CATEGORIES);
    await session.open(options.on, workloadIn(which.series, workload));
    const { ms: setupMs } = await session.setup();
    const warmupMs = await session.warmup();
    const predictions = (await settle(session.settle, SETTLING_MS)).length;
    await session.whileOpen(sleep(REST_MS));
    await keepVisit(recording, { ...which, setupMs, warmupMs, predictions }, log, record.writer);
  } finally {
    await own.close().catch(() => {});
  }
}

const workloadIn = (series: VisitSeries, workload: Workload): Workload =>
  series === 'bytes' ? { ...workload, moduleAsBytes: true } : workload;

/** As the run's own browser found it. */
function gpuOf(backend: string, { manifest }: Context['record']) {
  if (!isGpuBackend(backend)) return 'none';
  return manifest.browser?.softwareRendering === false ? 'hardware' : 'software';
}

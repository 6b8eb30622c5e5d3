import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { bundleFiles } from '../../src/bundle/bundleFiles.js';
import { type CountLog, countLogSchema } from '../../src/bundle/countLog.js';
import type { ExportRole } from '../../src/bundle/exportRoles.js';
import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import { CollectError } from '../collectError.js';
import { executedIn } from '../counting/executedIn.js';
import { countersBetween } from '../counting/readCounters.js';
import { childSessions } from '../cpuProfile/childSessions.js';
import { HOLD_CAP_MS } from '../cpuProfile/profileThreads.js';
import type { Counting } from '../pageHook/counting.js';
import type { Hooked, RealmCounts, RealmLogs } from '../pageHook/hooked.js';
import { hookPage, hookWorker } from '../pageHook/installHook.js';
import type { Progress } from '../progress.js';
import { askBrowser, type ProtocolSession } from '../protocolSession.js';
import { type Wait, whileProgress } from '../whileProgress.js';
import { within } from '../within.js';
import { type CountedModules, countedModules } from './countedModules.js';
import { type CountReading, countReading, follows, type PlacedReading, placed, threadsBetween } from './countReading.js';
import { type FindInferences, withRoles } from './pageHooks.js';
import type { PageRecord } from './pageRecord.js';
import { letGo, type PageTarget } from './pageTarget.js';

const LOOK_MS = 300;
/** Before the first reading: the first inference warms up. */
const FIRST = 2;
/** The last two stretches between them are counted, so that it shows what repeats; before them the page settles. */
const READINGS = 4;
const FEWEST_READINGS = 3;
/** How long inferences are waited for: the page is several times slower than while it was recorded. */
const SLOWER = 6;
const LEAST_MS = 30_000;
const MOST_MS = 5 * 60_000;

const HOOKING = { what: 'The hook of a worker', silenceMs: 15_000, capMs: HOLD_CAP_MS };
/** The thread that infers answers between two inferences. */
const CALLER = { what: 'The counters of the page', silenceMs: 60_000, capMs: 3 * 60_000 };
/** The others are waited for as long as that one took, and so long at the least. */
const OTHERS_MS = 2000;

export interface CountedVisitOptions {
  /** The inferences in the hooks' logs. */
  readonly find: FindInferences;
  /** What calls of an export are for, by its name, as the recording has shown. */
  readonly roles: ReadonlyMap<string, ExportRole>;
  /** Byte offsets of the functions that were sampled: only they count; if empty, all. */
  readonly sampledAt: ReadonlySet<number>;
  /** How long the page was recorded, ms. */
  readonly recordedMs: number;
}

/**
 * Visits a page once more after its recording, with its modules rewritten so that every straight piece of code counts how often
 * it ran, and writes what they executed in some inferences into the bundle. Nothing of this visit is timed or traced: such a page
 * is several times slower. A tab of the user is loaded anew afterwards, without counters. If it fails, the recording has not.
 *
 * Counted is all that the modules execute from one reading to another, also between inferences. Readings are taken between two
 * tasks of the thread that infers.
 */
export async function countedVisit(
  target: PageTarget,
  record: PageRecord,
  options: CountedVisitOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { collectors } = record.manifest;
  progress.step('Rewriting the page’s Wasm so that it counts');
  try {
    const modules = countedModules(await capturedModules(record), options.sampledAt);
    if (modules.made.size === 0) throw new CollectError(modules.lacks[0] ?? 'No Wasm of the page was captured.');
    progress.step('Counting what is executed: the page is loaded once more');
    const { readings, lacks } = await readingsOf(target, modules, options, progress, signal);
    const log = countLogOf(modules, readings, options.sampledAt.size > 0);
    await record.writer.counts(log);
    const functions = log.modules.reduce((sum, module) => sum + module.functions.length, 0);
    const lack = lacks.length > 0 ? `; what could not be counted: ${lacks.join('; ')}` : '';
    const detail = `what ${functions} Wasm functions execute, in ${log.predictions} inferences of another visit${lack}`;
    collectors.counts = { outcome: 'done', detail };
  } catch (error) {
    const why = signal.aborted ? `it was stopped by ${String(signal.reason)}.` : (error as Error).message;
    collectors.counts = { outcome: 'failed', detail: `What is executed could not be counted: ${why}` };
  }
}

const capturedModules = ({ manifest, writer }: PageRecord): Promise<{ sha256: string; bytes: Uint8Array }[]> =>
  Promise.all(
    manifest.modules.map(async ({ sha256 }) => {
      const bytes = await readFile(join(writer.folder, bundleFiles.modules, `${sha256}.wasm`));
      return { sha256, bytes: new Uint8Array(bytes) };
    }),
  );

interface Readings {
  readonly readings: readonly PlacedReading[];
  /** What is missing in them. */
  readonly lacks: readonly string[];
}

async function readingsOf(
  target: PageTarget,
  { counting, lacks }: CountedModules,
  { find, roles, recordedMs }: CountedVisitOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<Readings> {
  const page = await target.again();
  let gone: string | null = null;
  target.gone.then((why) => {
    gone = why;
  });
  const threads = await hookThreads(page, counting);
  try {
    await target.begin();
    const endMs = performance.now() + Math.min(MOST_MS, Math.max(LEAST_MS, SLOWER * recordedMs));
    let readings: PlacedReading[] = [];
    /** Placed once an inference has ended after it: until then it may be within one. */
    let latest: CountReading | null = null;
    let uncounted: readonly string[] = [];
    while (performance.now() < endMs) {
      await sleep(LOOK_MS, null, { signal });
      if (gone !== null) throw new CollectError(`it ended early: ${gone}.`);
      const { gpu, wasm } = threads.logs();
      const found = find(
        wasm.map((log) => withRoles(log, roles)),
        gpu,
      );
      const sinceMs = latest?.atMs.get(found[0]?.realm ?? '') ?? Number.NEGATIVE_INFINITY;
      if (found.length < FIRST || found.at(-1)!.endMs <= sinceMs) continue;
      readings = placed(latest ? [...readings, latest] : readings, found, FIRST);
      progress.advance(readings.length / READINGS, `${found.length} inferences`);
      if (readings.length >= READINGS) break;
      const realms = await threads.counts();
      latest = countReading(realms.answers);
      const before = readings.at(-1);
      if (before && !follows(before, latest)) readings = [];
      uncounted = uncountedIn(realms.answers, realms.silent);
    }
    if (readings.length < FEWEST_READINGS) throw new CollectError(tooFew(readings));
    return { readings, lacks: [...lacks, ...uncounted] };
  } finally {
    await threads.remove();
    // The user's tab is to run what its server gives.
    if (target.opened === 'attached') await target.begin().catch(() => {});
  }
}

const tooFew = (readings: readonly PlacedReading[]): string =>
  `too few inferences were recognised once it counted (${readings.at(-1)?.inferences ?? 0}). It takes some that follow one another by themselves, or are begun by you while it counts.`;

function uncountedIn(realms: readonly RealmCounts[], silent: number): readonly string[] {
  const sum = (of: keyof RealmCounts['uncounted']): number => realms.reduce((all, { uncounted }) => all + uncounted[of], 0);
  const sentences: [number, string][] = [
    [silent, 'threads did not answer'],
    [sum('unknown'), 'modules were not there while the page was recorded'],
    [sum('refused'), 'modules were refused by the browser with counters in them'],
    [sum('tooLarge'), 'modules are too large, with counters, to be used at once on the main thread'],
    [sum('noMemory'), 'instances had no memory left for counters'],
  ];
  return sentences.flatMap(([times, what]) => (times > 0 ? [`${times} ${what}`] : []));
}

interface HookedThread {
  readonly hooked: Hooked;
  readonly hasPages: boolean;
  /** Its logs, as it told of them the last time. */
  latest: readonly RealmLogs[];
  /** Resolves when it was asked all that it is to be asked: two questions at once would get each other's answers. */
  asked: Promise<unknown>;
}

interface HookedThreads {
  /** What all threads told the last time. */
  logs(): { readonly wasm: readonly WasmRealm[]; readonly gpu: readonly GpuRealm[] };
  /** `silent`: threads that neither answered nor handed their counters on. */
  counts(): Promise<{ readonly answers: readonly RealmCounts[]; readonly silent: number }>;
  remove(): Promise<void>;
}

/** Some threads never answer, others only between two inferences: who waits for an answer sets the limit. */
const unlimited: Wait = (work) => work;

const inWasmMs = ({ latest }: HookedThread): number =>
  latest.reduce((sum, { wasm }) => sum + (wasm?.calls.tookMs.reduce((ms, each) => ms + each, 0) ?? 0), 0);

/** The hook that counts, in a page, its frames of other sites and all workers, from before their first line. */
async function hookThreads(page: ProtocolSession, counting: Counting): Promise<HookedThreads> {
  const threads = new Set<HookedThread>();
  const witness = () => askBrowser(page);
  const ask = <T>(thread: HookedThread, question: () => Promise<T>): Promise<T> => {
    const answer = thread.asked.then(question);
    thread.asked = answer.catch(() => {});
    return answer;
  };
  const keepAsking = async (thread: HookedThread): Promise<void> => {
    while (threads.has(thread)) {
      thread.latest = await ask(thread, () => thread.hooked.takeLogs(false, unlimited));
      await sleep(LOOK_MS, null, { ref: false });
    }
  };
  const hold = async (session: ProtocolSession, type: string, ended?: Promise<void>): Promise<void> => {
    const hasPages = type === 'page' || type === 'iframe';
    const wait = whileProgress({ ...HOOKING, witness });
    const hooked = await (hasPages ? hookPage(session, counting) : hookWorker(session, wait, counting));
    const thread: HookedThread = { hooked, hasPages, latest: [], asked: Promise.resolve() };
    threads.add(thread);
    ended?.then(() => threads.delete(thread));
    // It ends with its target.
    keepAsking(thread).catch(() => {});
  };
  const watch = (parent: ProtocolSession): Promise<void> =>
    childSessions(parent, (child, ended, type) => {
      within(HOLD_CAP_MS, Promise.all([watch(child), hold(child, type, ended)]))
        .catch(() => {})
        .then(() => child.send('Runtime.runIfWaitingForDebugger'))
        .catch(() => {});
    });
  await watch(page);
  await hold(page, 'page');
  return {
    logs() {
      const logs = [...threads].flatMap(({ latest }) => latest);
      return { wasm: logs.flatMap(({ wasm }) => wasm ?? []), gpu: logs.flatMap(({ gpu }) => gpu ?? []) };
    },
    async counts() {
      const [caller, ...others] = [...threads].sort((a, b) => inWasmMs(b) - inWasmMs(a));
      if (!caller) return { answers: [], silent: 0 };
      const beganMs = performance.now();
      const asked = [caller, ...others].map((thread) => ask(thread, () => thread.hooked.takeCounts(unlimited)));
      const first = await whileProgress({ ...CALLER, witness })(asked[0]!);
      // Threads of a pool sleep in Wasm, and answer nobody.
      const othersMs = Math.max(OTHERS_MS, performance.now() - beganMs);
      const rest = await Promise.all(asked.slice(1).map((each) => within(othersMs, each).catch(() => [null])));
      const taken = [first, ...rest].flat();
      const answers = taken.filter((one) => one !== null);
      const rows = answers.flatMap(({ counters }) => counters);
      const own = new Set(rows.filter(([, , handed]) => handed === 0).map(([, realm]) => realm));
      const handedOnly = new Set(rows.map(([, realm]) => realm).filter((realm) => !own.has(realm)));
      return { answers, silent: Math.max(0, taken.length - answers.length - handedOnly.size) };
    },
    async remove() {
      const pages = [...threads].filter(({ hasPages }) => hasPages);
      threads.clear();
      const wait: Wait = (work) => within(OTHERS_MS, work);
      await Promise.all(pages.map(({ hooked }) => hooked.remove(wait).catch(() => {})));
      await letGo(page).catch(() => {});
    },
  };
}

/** What was executed between the last two readings, and whether each function executed as much by the inference before. */
function countLogOf({ made }: CountedModules, readings: readonly CountReading[], sampledOnly: boolean): CountLog {
  const [first, middle, last] = readings.slice(-3) as [PlacedReading, PlacedReading, PlacedReading];
  const predictions = last.inferences - middle.inferences;
  const before = {
    predictions: middle.inferences - first.inferences,
    modules: executedIn(made, countersBetween(first.counters, middle.counters)),
  };
  let [all, varying] = [0, 0];
  const modules = executedIn(made, countersBetween(middle.counters, last.counters)).map(({ sha256, functions }) => {
    const earlier = new Map(before.modules.find((each) => each.sha256 === sha256)?.functions.map((each) => [each.index, each]));
    return {
      sha256,
      functions: functions.map((each) => {
        const same = earlier.get(each.index);
        // Stretches may have more inferences or fewer.
        const repeats =
          same !== undefined && isDeepStrictEqual(times(each.executed, before.predictions), times(same.executed, predictions));
        const operators = Object.values(each.executed).reduce((sum, count) => sum + count, 0);
        all += operators;
        if (!repeats) varying += operators;
        return { ...each, repeats };
      }),
    };
  });
  return countLogSchema.parse({
    schema: 'inferscope.counts/1',
    predictions,
    threads: Math.max(1, threadsBetween(middle, last)),
    sampledOnly,
    varyingShare: all === 0 ? 0 : varying / all,
    modules,
  });
}

const times = (executed: Readonly<Partial<Record<string, number>>>, count: number): Record<string, number> =>
  Object.fromEntries(Object.entries(executed).map(([name, each = 0]) => [name, each * count]));

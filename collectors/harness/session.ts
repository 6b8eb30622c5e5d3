import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import type { Placement } from '../../src/bundle/manifest.js';
import type { MachinePeaks } from '../../src/bundle/operatorLog.js';
import type { TensorValue } from '../../src/bundle/tensor.js';
import { BROWSER_ENDED, whileConnected } from '../browser/whileConnected.js';
import { CollectError } from '../collectError.js';
import type { ProbeKind } from '../probes/probeModules.js';
import { askBrowser, type ProtocolSession } from '../protocolSession.js';
import { whileProgress } from '../whileProgress.js';
import { LimitError, within } from '../within.js';
import { HarnessError } from './failure.js';
import type { HarnessReplies, HarnessReply, HarnessRequest, Pace, Workload } from './protocol.js';
import type { HarnessServer } from './server.js';

/** A fresh browser context with the harness page. One pass of a run happens in it. */
export interface HarnessSession {
  readonly page: Page;
  /** The page's own protocol session. Tracing starts on it so that other trace readers understand the trace. */
  readonly cdp: CDPSession;
  open(on: 'worker' | 'main', workload: Workload): Promise<HarnessReplies['load']>;
  setup(): Promise<HarnessReplies['setup']>;
  warmup(): Promise<number>;
  /** Runs `count` further predictions that do not count. @returns latencies, ms */
  settle(count: number): Promise<readonly number[]>;
  /** Runs `count` further iterations; they are numbered from 0. @returns latencies, ms */
  predict(count: number): Promise<readonly number[]>;
  /** Runs further iterations with pauses. @returns latencies, ms */
  repeat(pace: Pace): Promise<readonly number[]>;
  /** Waits for what the page does by itself, unless it ends or the run is stopped before. @throws CollectError */
  whileOpen<T>(work: Promise<T>): Promise<T>;
  /** Arithmetic speed with these instructions, 10⁹ operations per second; null if the browser refuses them. */
  probe(kind: ProbeKind): Promise<number | null>;
  /** Peak rates of arithmetic and memory with `threads` threads at once; null if the browser refuses the instructions. */
  peaks(threads: number, instructions: MachinePeaks['instructions']): Promise<MachinePeaks | null>;
  /** Where the operators of a prediction run. Call it right after opening. Null if the framework does not report it. */
  placement(): Promise<Placement | null>;
  /** For a workload with `profileOperators`: ends the framework's profile and returns its text, not validated. */
  profile(): Promise<string>;
  /** For a workload with `watchMemory`: what the realm saw of its memory since the last such request. */
  memory(): Promise<HarnessReplies['memory']>;
  /** Frees the model. No prediction can follow. */
  dispose(): Promise<void>;
  outputs(): Promise<TensorValue[]>;
  modules(): Promise<{ url: string; bytes: Uint8Array }[]>;
  /** The log of GPU calls so far; null if the page keeps none. Not validated. */
  gpu(): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** Far longer than any set-up or prediction. Only a hanging page reaches it. */
const ANSWER_LIMIT_MS = 5 * 60_000;
/** A page that starts its worker, which loads the framework. On a busy machine that takes long. */
const STARTING = { what: 'The start of the page’s worker', silenceMs: 30_000, capMs: 5 * 60_000 };
const CLOSE_LIMIT_MS = 30_000;

/**
 * @param own the context to use, which the session closes; null: a fresh one
 * @throws HarnessError if the page knows why it failed
 * @throws CollectError if the page, its worker or the framework fails, or the browser ends: every wait ends then
 */
export async function openHarness(
  browser: Browser,
  server: Pick<HarnessServer, 'origin' | 'take'>,
  signal: AbortSignal,
  own: BrowserContext | null = null,
): Promise<HarnessSession> {
  const context: BrowserContext = own ?? (await whileConnected(browser, browser.newContext()));
  const page = await whileConnected(browser, context.newPage());
  const cdp = await whileConnected(browser, context.newCDPSession(page));
  const complaints: string[] = [];
  let settled = 0;
  let predicted = 0;
  page.on('console', (message) => {
    if (message.type() === 'error' && complaints.length < 5) complaints.push(message.text());
  });
  const gone = new Promise<never>((_, reject) => {
    page.once('crash', () => reject(new CollectError('The page crashed (out of memory, most likely).')));
    page.once('close', () => reject(new CollectError('The page was closed while it ran.')));
    browser.once('disconnected', () => reject(new CollectError(BROWSER_ENDED)));
    signal.addEventListener('abort', () => reject(new CollectError('The run was stopped.')), { once: true });
    if (signal.aborted) reject(new CollectError('The run was stopped.'));
  });
  gone.catch(() => {});

  const whileOpen = <T>(work: Promise<T>, limitMs: number, during: string): Promise<T> =>
    within(limitMs, Promise.race([work, gone])).catch((error: Error) => {
      if (!(error instanceof LimitError)) throw error;
      throw new CollectError(`The page did not answer for ${limitMs / 60_000} minutes during ${during}.`);
    });

  const ask = async <T extends HarnessRequest['type']>(given: HarnessRequest & { type: T }): Promise<HarnessReplies[T]> => {
    const request: HarnessRequest = given;
    const limitMs = ANSWER_LIMIT_MS * (request.type === 'predict' ? request.count : 1);
    const answer = page.evaluate((sent) => window.inferscope.send(sent), request);
    const reply = (await whileOpen(answer, limitMs, describeRequest(request))) as HarnessReply<T>;
    if (reply.ok) return reply.value;
    if (reply.failure) throw new HarnessError(reply.error, reply.failure, describeRequest(request));
    throw new CollectError(`In the browser, ${describeRequest(request)} failed: ${[reply.error, ...complaints].join('\n  ')}`);
  };
  const taken = (path: string): Uint8Array => {
    const bytes = server.take(path);
    if (!bytes) throw new CollectError(`The page did not hand in ${path}.`);
    return bytes;
  };

  return {
    page,
    cdp,
    async open(on, workload) {
      await Promise.race([page.goto(server.origin, { waitUntil: 'load' }), gone]);
      const wait = whileProgress({ ...STARTING, witness: () => askBrowser(cdp as ProtocolSession) });
      const started = page.evaluate((where) => window.inferscope.start(where), on);
      await wait(Promise.race([started, gone])).catch((error: Error) => {
        throw error instanceof LimitError ? new CollectError(`${error.message}.`) : error;
      });
      return ask({ type: 'load', workload });
    },
    setup: () => ask({ type: 'setup' }),
    warmup: async () => (await ask({ type: 'predict', phase: 'warm-up', first: 0, count: 1 })).ms[0]!,
    async settle(count) {
      const { ms } = await ask({ type: 'predict', phase: 'settling', first: settled, count });
      settled += count;
      return ms;
    },
    async predict(count) {
      const { ms } = await ask({ type: 'predict', phase: 'iteration', first: predicted, count });
      predicted += count;
      return ms;
    },
    async repeat(pace) {
      const { ms } = await ask({ type: 'repeat', first: predicted, pace });
      predicted += ms.length;
      return ms;
    },
    whileOpen: (work) => whileOpen(work, ANSWER_LIMIT_MS, 'a script of its own'),
    probe: async (kind) => (await ask({ type: 'probe', kind })).gigaflops,
    peaks: async (threads, instructions) => (await ask({ type: 'peaks', threads, instructions })).peaks,
    placement: async () => (await ask({ type: 'placement' })).placement,
    async profile() {
      await ask({ type: 'profile' });
      return new TextDecoder().decode(taken('/profile/0'));
    },
    memory: () => ask({ type: 'memory' }),
    dispose: async () => void (await ask({ type: 'dispose' })),
    async outputs() {
      const { outputs } = await ask({ type: 'outputs' });
      return outputs.map((output, i) => ({ ...output, data: taken(`/output/${i}`) }));
    },
    async modules() {
      const { modules } = await ask({ type: 'modules' });
      return modules.map(({ url }, i) => ({ url, bytes: taken(`/module/${i}`) }));
    },
    gpu: async () => ((await ask({ type: 'gpu' })).posted ? taken('/gpu/0') : null),
    close: () => within(CLOSE_LIMIT_MS, context.close()),
  };
}

/** A description of a request, for messages. */
function describeRequest(request: HarnessRequest): string {
  if (request.type === 'setup') return 'set-up';
  if (request.type === 'predict') return request.phase === 'warm-up' ? 'the warm-up' : 'a prediction';
  if (request.type === 'repeat') return 'a prediction';
  return request.type;
}

import { LimitError } from './within.js';

/** How long to wait for what may be slow, and may never come. */
export interface ProgressLimits {
  /** What is waited for, as the error names it, e.g. "Chrome’s trace". */
  readonly what: string;
  /** Longest time without a sign of life. */
  readonly silenceMs: number;
  /** Longest wait in all, whatever signs come. */
  readonly capMs: number;
  /**
   * A cheap question to somebody else who shares the machine, for a thread that may sleep forever. Silence counts only where it
   * was answered: while the whole machine is slow, the thread is waited for.
   */
  readonly witness?: () => Promise<unknown>;
}

/** Signs of life of the other side. Who waits beside others for answers of one kind shares them: each answer is a sign for all. */
export interface Signs {
  tell(): void;
  count(): number;
}

export function signsOfLife(): Signs {
  let told = 0;
  return { tell: () => void told++, count: () => told };
}

/** Waits for work. Its error is a LimitError where a limit was reached, and otherwise that of the work. */
export type Wait = <T>(work: Promise<T>) => Promise<T>;

/** Parts of a silence. A timer that comes late, since this process had no time either, counts as one of them, however late. */
const PARTS = 10;

/**
 * Makes a wait that goes on while signs of life come. Each piece of work that ends is a sign. All its waits share the cap, which
 * counts from here.
 */
export function whileProgress({ what, silenceMs, capMs, witness }: ProgressLimits, signs: Signs = signsOfLife()): Wait {
  const endMs = performance.now() + capMs;
  const most = `${what}: not there after ${duration(capMs)}, the longest that is waited`;
  const silent = `${what}: no sign of life for ${duration(silenceMs)}${witness ? ', while the browser answered' : ''}`;
  return async (work) => {
    const over = new AbortController();
    try {
      const limits = [
        pause(Math.max(0, endMs - performance.now()), over.signal).then(() => most),
        silence(silenceMs / PARTS, signs, witness, over.signal).then(() => silent),
      ];
      const limit = Promise.race(limits).then((why): never => {
        throw new LimitError(why);
      });
      return await Promise.race([work.finally(signs.tell), limit]);
    } finally {
      over.abort();
    }
  };
}

/** Resolves after a silence, or when the wait is over. */
async function silence(partMs: number, signs: Signs, witness: ProgressLimits['witness'], over: AbortSignal): Promise<void> {
  let heard = signs.count();
  for (let parts = 0; parts < PARTS && !over.aborted; parts++) {
    await pause(partMs, over);
    await witness?.().catch(() => {});
    if (signs.count() === heard) continue;
    heard = signs.count();
    parts = -1;
  }
}

/** Resolves after a time, or at once when the wait is over. */
const pause = (ms: number, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      over.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    over.addEventListener('abort', end);
    if (over.aborted) end();
  });

const ASK_AGAIN_MS = 1000;

/** Asks a cheap question over and over, each answer a sign of life. @returns what ends it */
export function keepAsking(ask: () => Promise<unknown>, signs: Signs): () => void {
  const over = new AbortController();
  const run = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await pause(ASK_AGAIN_MS, over.signal);
      if (over.signal.aborted) return;
      await ask().then(signs.tell, () => {});
    }
  };
  run();
  return () => over.abort();
}

const duration = (ms: number): string => (ms < 120_000 ? `${ms / 1000} s` : `${ms / 60_000} min`);

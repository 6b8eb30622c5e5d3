import { startTimer } from '../startTimer.js';

/** When a recording ends by itself. */
export interface EndOptions {
  /** Null: no limit. */
  readonly durationMs: number | null;
  /** What else ends it, as a sentence, e.g. `when "ready" is seen`; null: nothing. */
  readonly awaited: string | null;
  /**
   * Whether the user gave the duration. If so, reaching it is a regular end; otherwise it means that the awaited event is
   * missing.
   */
  readonly durationGiven: boolean;
}

export interface EndEvents {
  /** Aborted by Ctrl-C or kill; the reason is the signal. */
  readonly stopped: AbortSignal;
  /** Aborted when the user ends the recording; the reason says how, e.g. "by a key". */
  readonly finished: AbortSignal;
  readonly gone: Promise<string>;
  readonly seen: Promise<void>;
}

export interface End {
  /** What ended it, as a sentence without its final period. */
  readonly ended: string;
  /** Why the recording is not what was requested; null if it is. */
  readonly reason: string | null;
}

/** What is to end a recording, as a sentence without its final period. */
export function endOf({ durationMs, awaited }: EndOptions): string {
  const time = durationMs === null ? [] : [`after ${seconds(durationMs)}`];
  return [...(awaited === null ? [] : [awaited]), ...time, ...(durationMs === null ? ['by the user'] : [])].join(', or ');
}

/** Waits for the first event that can end a recording. Never rejects. */
export function waitForEnd(options: EndOptions, { stopped, finished, gone, seen }: EndEvents): Promise<End> {
  const { durationMs, awaited, durationGiven } = options;
  let endTimer = (): void => {};
  const over = new AbortController();
  const end = new Promise<End>((resolve) => {
    const onAbort = (signal: AbortSignal, then: (how: string) => void): void => {
      const tell = (): void => then(String(signal.reason));
      if (signal.aborted) tell();
      else signal.addEventListener('abort', tell, { once: true, signal: over.signal });
    };
    onAbort(stopped, (how) => resolve({ ended: `by ${how}`, reason: `stopped by ${how}` }));
    onAbort(finished, (how) => resolve({ ended: how, reason: null }));
    gone.then((why) => resolve({ ended: why, reason: `Recording ended early: ${why}.` }));
    seen.then(() => resolve({ ended: awaited ?? '', reason: null }));
    if (durationMs === null) return;
    endTimer = startTimer(durationMs, () => {
      const ended = `after ${seconds(durationMs)}`;
      const missing = awaited !== null && !durationGiven;
      resolve({ ended, reason: missing ? `It was to end ${awaited}, and for ${seconds(durationMs)} that was not so.` : null });
    });
  });
  return end.finally(() => {
    endTimer();
    over.abort();
  });
}

const seconds = (ms: number): string => `${ms / 1000} s`;

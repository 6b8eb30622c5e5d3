/** When a recording ends by itself. */
export interface EndOptions {
  /** Null: not by time. */
  readonly durationMs: number | null;
  /** What the user waits for besides, as a sentence, e.g. `when "ready" is seen`; null: nothing. */
  readonly awaited: string | null;
  /** Whether the user gave the duration: then that it has passed is as good an end as any, else what was awaited is missing. */
  readonly durationGiven: boolean;
}

export interface EndEvents {
  /** Ctrl-C or kill; its reason is the signal. */
  readonly stopped: AbortSignal;
  /** The user ends it; its reason says how, e.g. "by a key". */
  readonly finished: AbortSignal;
  readonly gone: Promise<string>;
  readonly seen: Promise<void>;
}

export interface End {
  /** What ended it, as a sentence without its point. */
  readonly ended: string;
  /** Why the recording is not what was asked for; null if it is. */
  readonly reason: string | null;
}

/** What a recording is to end with, as a sentence without its point. */
export function endOf({ durationMs, awaited }: EndOptions): string {
  const time = durationMs === null ? [] : [`after ${seconds(durationMs)}`];
  return [...(awaited === null ? [] : [awaited]), ...time, ...(durationMs === null ? ['by the user'] : [])].join(', or ');
}

/** Waits for the first of all that can end a recording. Never rejects. */
export function waitForEnd(options: EndOptions, { stopped, finished, gone, seen }: EndEvents): Promise<End> {
  const { durationMs, awaited, durationGiven } = options;
  let timer: NodeJS.Timeout | undefined;
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
    timer = setTimeout(() => {
      const ended = `after ${seconds(durationMs)}`;
      const missing = awaited !== null && !durationGiven;
      resolve({ ended, reason: missing ? `It was to end ${awaited}, and for ${seconds(durationMs)} that was not so.` : null });
    }, durationMs);
  });
  return end.finally(() => {
    clearTimeout(timer);
    over.abort();
  });
}

const seconds = (ms: number): string => `${ms / 1000} s`;

import { setMaxListeners } from 'node:events';
import { exitCodes } from './explain.js';

const CODES = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/** Listens for Ctrl-C and kill: the first signal asks the work to stop cleanly, the second one ends the process at once. */
export function interruptible(): { readonly signal: AbortSignal; exitCode(): number | null } {
  const controller = new AbortController();
  // Every open browser and native run listens; a ladder has a dozen of them.
  setMaxListeners(0, controller.signal);
  let code: number | null = null;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(CODES[name]);
      code = CODES[name];
      controller.abort(name);
    });
  }
  return { signal: controller.signal, exitCode: () => code };
}

const KEYS = new Set(['\r', '\n', 'q', 'Q']);
const CTRL_C = '\u0003';

/** The user's request to finish the recording: Enter or q in a terminal, or SIGUSR1. */
export interface Finishing {
  /** Its reason names what was pressed or sent. */
  readonly signal: AbortSignal;
  /** Stops reading the keyboard. */
  end(): void;
}

/** Listens for a key of the terminal, where there is one, and for SIGUSR1, where the system has it. */
export function finishing(input: NodeJS.ReadStream = process.stdin): Finishing {
  const controller = new AbortController();
  const onSignal = (): void => controller.abort('by SIGUSR1');
  if (process.platform !== 'win32') process.on('SIGUSR1', onSignal);
  const onKey = (bytes: Buffer): void => {
    for (const key of bytes.toString('latin1')) {
      // In raw mode the terminal does not turn Ctrl-C into a signal.
      if (key === CTRL_C) process.kill(process.pid, 'SIGINT');
      else if (KEYS.has(key)) controller.abort('by a key');
    }
  };
  if (input.isTTY) {
    input.setRawMode(true);
    input.on('data', onKey);
    input.resume();
  }
  return {
    signal: controller.signal,
    end() {
      process.off('SIGUSR1', onSignal);
      if (!input.isTTY) return;
      input.off('data', onKey);
      input.setRawMode(false);
      input.pause();
    },
  };
}

import { setMaxListeners } from 'node:events';
import { exitCodes } from './exitCodes.js';

const CODES = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/** Listens for Ctrl-C and kill: the first asks the work to stop cleanly, the second ends the process at once. */
export function interruptible(): { readonly signal: AbortSignal; exitCode(): number | null } {
  const controller = new AbortController();
  // Every open browser and native run listens; a ladder has a dozen.
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

import type { Answer, Call, CallName, Calls } from './protocol.js';

/** What a child does for each call that its runtime supports. */
export type Handlers = { readonly [Name in CallName]?: (argument: Calls[Name]['argument']) => Promise<Calls[Name]['result']> };

/**
 * Makes this process the child of a native baseline. It performs the parent's calls one after the other, and ends when the parent
 * closes the channel or dies.
 * @param runtime its name in errors
 */
export function serveCalls(runtime: string, handlers: Handlers): void {
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C reaches the whole process group, but the parent decides when this process ends.
  process.on('SIGINT', () => {});

  const perform = async ({ name, argument }: Call): Promise<Calls[CallName]['result']> => {
    const handler = handlers[name] as ((argument: unknown) => Promise<Calls[CallName]['result']>) | undefined;
    if (!handler) throw new Error(`${runtime} has no ${name}`);
    return handler(argument);
  };
  let turn = Promise.resolve();
  process.on('message', (call: Call) => {
    turn = turn.then(async () => {
      const answer: Answer = await perform(call).then(
        (result) => ({ result }),
        (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
      );
      process.send!(answer);
    });
  });
}

/** @param start a value of `process.hrtime.bigint()` */
export function millisecondsSince(start: bigint): number {
  return Number(process.hrtime.bigint() - start) / 1e6;
}

import type { Answer, Call, Calls } from './protocol.js';

/**
 * Makes this process the child of a native baseline: it performs the parent's calls one after the other, and ends when the parent
 * closes the channel, which also happens when the parent dies.
 */
export function serveCalls(perform: (call: Call) => Promise<Calls[keyof Calls]['result']>): void {
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C reaches the whole process group; the parent decides when this process ends.
  process.on('SIGINT', () => {});

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

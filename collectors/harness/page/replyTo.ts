import type { HarnessReply, HarnessRequest } from '../protocol.js';
import type { createRunner } from './runner.js';

/** Runs a request and turns an exception into an answer: structured clone would lose most of it. */
export async function replyTo(runner: ReturnType<typeof createRunner>, request: HarnessRequest): Promise<HarnessReply> {
  try {
    return { ok: true, value: await runner.run(request) };
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    return { ok: false, error: `${thrown.name}: ${thrown.message}`, failure: await runner.diagnose(thrown) };
  }
}

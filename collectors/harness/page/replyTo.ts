import type { HarnessReply, HarnessRequest } from '../protocol.js';
import type { createRunner } from './runner.js';

/** Runs a request and turns an exception into an answer: structured clone would lose most of it. */
export async function replyTo(run: ReturnType<typeof createRunner>, request: HarnessRequest): Promise<HarnessReply> {
  try {
    return { ok: true, value: await run(request) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { AttachError } from '../attach/attachError.js';
import { type SessionTable, sessionTable } from '../attach/sessionTable.js';

const answerSchema = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * The sessions with a browser that was started with `--remote-debugging-pipe`: messages are JSON with a zero byte behind each.
 * https://source.chromium.org/chromium/chromium/src/+/main:content/browser/devtools/devtools_pipe_handler.cc
 * @param requestLimitMs of a request that names no other
 */
export function pipeSessions(toBrowser: Writable, fromBrowser: Readable, requestLimitMs: number): SessionTable {
  const waiting = new Map<number, Waiting>();
  let sent = 0;
  const table = sessionTable(
    (method, params, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++sent;
        waiting.set(id, { resolve, reject });
        toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
    requestLimitMs,
  );
  const lost = (): void => table.end(new AttachError('connection-lost', 'The browser ended: it was closed, or it crashed.'));
  const receive = (text: string): void => {
    const message: unknown = JSON.parse(text);
    const answer = answerSchema.safeParse(message).data;
    const asked = answer && waiting.get(answer.id);
    if (!asked) {
      table.receive(message);
      return;
    }
    waiting.delete(answer.id);
    if (answer.error) asked.reject(new Error(answer.error.message));
    else asked.resolve(answer.result);
  };
  let parts: Buffer[] = [];
  fromBrowser.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let to = chunk.indexOf(0); to >= 0; to = chunk.indexOf(0, from)) {
      parts.push(chunk.subarray(from, to));
      receive(Buffer.concat(parts).toString());
      parts = [];
      from = to + 1;
    }
    parts.push(chunk.subarray(from));
  });
  fromBrowser.once('close', lost).once('error', lost);
  toBrowser.once('error', lost);
  return table;
}

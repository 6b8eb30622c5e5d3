import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A named pipe that nobody writes to, and a socket, in a folder; who opens the pipe waits. Not on Windows. */
export async function specialFiles(folder: string): Promise<{ readonly pipe: string; readonly socket: string }> {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const socket = join(folder, 'socket');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => void server.close());
  return { pipe, socket };
}

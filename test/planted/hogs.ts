import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { prefer } from './prefer.js';

export interface Hogs {
  run(): void;
  pause(): void;
  end(): void;
}

/** Busy four fifths of the time; gone when the process that made it is. */
const HOG = `
const parent = process.ppid;
console.log('ready');
setInterval(() => {
  if (process.ppid !== parent) process.exit();
  const end = performance.now() + 20;
  while (performance.now() < end);
}, 25);`;

/** Processes that take cores from others, paused at first; each a session of its own and preferred, so that it is the browser's equal. */
export async function startHogs(count: number): Promise<Hogs> {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', HOG], { stdio: ['ignore', 'pipe', 'ignore'], detached: true }),
  );
  const all = (signal: NodeJS.Signals) => (): void => {
    for (const child of children) child.kill(signal);
  };
  // Not while they start: that would take another amount.
  await Promise.all(children.map(({ stdout }) => once(stdout, 'data')));
  await prefer(children.flatMap(({ pid }) => pid ?? []));
  all('SIGSTOP')();
  return { run: all('SIGCONT'), pause: all('SIGSTOP'), end: all('SIGKILL') };
}

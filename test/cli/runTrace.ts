import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

/** Of a run that is not about how predictions vary between processes, nor about operators and memory: it takes a third of the time. */
export const BRIEFLY = ['--processes', '1', '--passes', 'timing,trace'] as const;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Past it the command counts as hung and is killed. */
  readonly limitMs?: number;
  /** A process group of its own, as a shell gives it, so that a signal can be sent to all of it. */
  readonly detached?: boolean;
  readonly onStderr?: (all: string, child: ChildProcess) => void;
}

/** Runs the built command line as a user would, and gives what it said. */
export function runTrace(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, env = {}, limitMs = 200_000, detached = false, onStderr } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached,
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      onStderr?.(stderr, child);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      resolve({ code, signal, stdout, stderr });
    });
  });
}

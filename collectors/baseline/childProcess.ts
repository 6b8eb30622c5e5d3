import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { packageRoot } from '../../src/packageRoot.js';
import type { Answer, Call, CallName, Calls } from './protocol.js';

/** The native baseline started and failed later: the model does not run natively, or the process ended. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
}

const STDERR_TAIL_CHARACTERS = 2000;

/** Time for the child to finish its iteration and end by itself. */
const CLOSE_LIMIT_MS = 2000;

interface Waiting {
  resolve(result: Calls[CallName]['result']): void;
  reject(error: unknown): void;
}

/** The child's process as calls and answers. Every call ends when the process ends, and the process ends at an abort. */
export class ChildProcess {
  readonly #child;
  readonly #signal;
  readonly #title: string;
  readonly #waiting: Waiting[] = [];
  readonly #gone: Promise<void>;
  #ended: unknown = null;
  #stderr = '';

  /**
   * @param entry file name of its compiled entry, see `childPath`
   * @param environment variables in addition to those of this process
   * @param title its name in errors
   */
  constructor(entry: string, environment: Readonly<Record<string, string>>, signal: AbortSignal | undefined, title: string) {
    signal?.throwIfAborted();
    // No execArgv: the parent's debugger port and loaders must not reach the child.
    this.#child = fork(childPath(entry), [], {
      serialization: 'advanced',
      env: { ...process.env, ...environment },
      // A separate session, as the browser has: Linux first shares the cores among sessions (sched_autogroup_enabled in
      // sched(7)).
      detached: process.platform === 'linux',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#signal = signal;
    this.#title = title;
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_TAIL_CHARACTERS);
    });
    this.#child.on('message', (answer: Answer) => this.#settle(answer));
    const abort = () => this.#kill();
    signal?.addEventListener('abort', abort);
    this.#gone = new Promise((resolve) => {
      const end = (how: string) => {
        signal?.removeEventListener('abort', abort);
        this.#rejectAll(how);
        resolve();
      };
      this.#child.on('error', (error) => {
        if (this.#child.pid === undefined) end(`could not be started: ${error.message}`);
      });
      // Not 'close': Node does not emit it after the parent has disconnected the channel.
      const stderrRead = finished(this.#child.stderr!).catch(() => {});
      this.#child.on('exit', async (code, deadly) => {
        await stderrRead;
        end(deadly ? `was ended by ${deadly}` : `ended with exit code ${code}`);
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  call<Name extends CallName>(name: Name, argument: Calls[Name]['argument']): Promise<Calls[Name]['result']> {
    return new Promise<Calls[CallName]['result']>((resolve, reject) => {
      if (this.#ended !== null) return reject(this.#ended);
      this.#waiting.push({ resolve, reject });
      // A call that cannot be sent is rejected with the exit reason once the process is gone.
      this.#child.send({ name, argument } as Call, () => {});
    }) as Promise<Calls[Name]['result']>;
  }

  async close(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const killTimer = setTimeout(() => this.#kill(), CLOSE_LIMIT_MS);
    await this.#gone;
    clearTimeout(killTimer);
  }

  #kill(): void {
    this.#child.kill('SIGKILL');
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.shift();
    if ('error' in answer) waiting?.reject(new BaselineError(`The model failed in ${this.#title}: ${answer.error}`));
    else waiting?.resolve(answer.result);
  }

  #rejectAll(how: string): void {
    const said = this.#stderr.trim() === '' ? '' : ` Its last words:\n${this.#stderr.trim()}`;
    const died = new BaselineError(`The process of ${this.#title} ${how}.${said}`);
    this.#ended = this.#signal?.aborted ? this.#signal.reason : died;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }
}

/** The bundled entry of a child: the same for the command line, the library, and a test that runs the TypeScript source. */
export function childPath(name: string): string {
  const compiled = join(packageRoot(), 'dist', 'cli', name);
  if (existsSync(compiled)) return compiled;
  throw new BaselineError(`The native baseline is not compiled: ${compiled} is missing. Run "npm run build".`);
}

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CollectError } from '../collectError.js';
import { type FoundBrowser, findBrowser } from './findBrowser.js';

interface Way {
  readonly title: string;
  readonly steps: readonly (readonly [command: string, ...args: string[]])[];
}

/** Playwright's download takes minutes; a blocked one may hang instead of failing. */
const STEP_LIMIT_MS = 10 * 60_000;

/**
 * Installs a Chromium: by Playwright's download, otherwise as Debian's package.
 * @param tell called with each attempt and its result
 * @throws CollectError if neither works, with advice for the user
 */
export async function installBrowser(tell: (text: string) => void): Promise<FoundBrowser> {
  for (const { title, steps } of ways()) {
    tell(`Installing Chromium: ${title}`);
    const failure = await runAll(steps);
    const found = failure === null ? findBrowser() : null;
    if (found) return found;
    tell(`  did not work: ${failure ?? 'no browser was found afterwards'}`);
  }
  throw new CollectError(
    'Chromium could not be installed. Install Chrome or Chromium yourself, or name one in INFERSCOPE_CHROME.',
  );
}

function ways(): Way[] {
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  const list: Way[] = [{ title: 'Playwright’s download', steps: [[process.execPath, playwright, 'install', 'chromium']] }];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    list.push({
      title: 'Debian’s package',
      steps: [
        ['apt-get', 'update'],
        ['apt-get', 'install', '--yes', '--no-install-recommends', 'chromium'],
      ],
    });
  }
  return list;
}

/** @returns null on success, otherwise the end of the failing step's output */
async function runAll(steps: Way['steps']): Promise<string | null> {
  for (const [command, ...args] of steps) {
    const failure = await run(command, args);
    if (failure !== null) return failure;
  }
  return null;
}

function run(command: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: STEP_LIMIT_MS,
    });
    let tail = '';
    const keep = (chunk: Buffer): void => {
      tail = (tail + chunk.toString()).slice(-2000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? null : reasonIn(tail, code)));
  });
}

/** The line of a failing command's output that says what went wrong. */
function reasonIn(printed: string, code: number | null): string {
  const lines = printed.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '' && !/^at /.test(line));
  return said.findLast((line) => /error|fail|unable|not found/i.test(line)) ?? said.at(-1) ?? `exit code ${code}`;
}

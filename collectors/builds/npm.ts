import { execFile } from 'node:child_process';
import { BuildError, BuildLack } from './buildError.js';

const MAX_OUTPUT_BYTES = 64 << 20;
/** A package of 30 MB over a slow line. */
const LIMIT_MS = 10 * 60_000;
const OFFLINE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|UNABLE_TO_\w+|SELF_SIGNED_\w+|E[45]\d\d)\b/;

/**
 * Runs npm with the user's own settings, and so with their registry. On Windows it is a script, which only a shell starts.
 * @param args words that hold no quotes; those with spaces are quoted where a shell reads them
 * @returns what it printed
 * @throws BuildLack where the registry has no such package or version
 * @throws BuildError where npm is missing, or the registry cannot be reached
 * @throws AbortError where it was stopped
 */
export function npm(args: readonly string[], signal: AbortSignal): Promise<string> {
  const shell = process.platform === 'win32';
  const words = shell ? args.map((word) => `"${word}"`) : args;
  return new Promise((resolve, reject) => {
    execFile(
      'npm',
      words,
      { shell, signal, timeout: LIMIT_MS, maxBuffer: MAX_OUTPUT_BYTES, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else reject(signal.aborted ? new DOMException('Stopped.', 'AbortError') : explained(error, stderr));
      },
    );
  });
}

function explained(error: Error & { readonly killed?: boolean }, stderr: string): Error {
  const own = 'Without it, name builds that you have: --builds 1.0=path/of/a 1.1=path/of/b';
  if ('code' in error && error.code === 'ENOENT')
    return new BuildError(`npm was not found, which fetches the published versions. Install it with Node. ${own}`);
  if (/\bE404\b|\bETARGET\b/.test(stderr)) return new BuildLack('the registry does not have it');
  const line =
    stderr
      .split('\n')
      .map((text) => text.replace(/^npm (ERR!|error) ?/, '').trim())
      .find((text) => text !== '' && !text.startsWith('npm warn') && !/^(code|syscall|errno) \S+$/.test(text)) ?? error.message;
  const said = `npm said: ${line.slice(0, 300)}`;
  if (error.killed) return new BuildError(`npm did not answer for ${LIMIT_MS / 60_000} minutes, and was stopped. ${own}`);
  if (OFFLINE.test(stderr))
    return new BuildError(`The registry of npm packages cannot be reached; ${said} Is there a network? ${own}`);
  return new BuildError(`A package could not be fetched; ${said} ${own}`);
}

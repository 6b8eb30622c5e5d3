import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { replaceFile } from '../../src/bundle/replaceFile.js';
import { profileEvents } from './profileEvents.js';
import type { ThreadProfile } from './threadsOfProfiles.js';

/** A made-up process id. Only the browser's own trace contains the real ones. */
const PID = 1;

/**
 * Writes a trace with only the samples of threads, for a browser that did not hand in its own trace.
 * @param capturedUrls addresses of the captured Wasm modules
 */
export async function writeSamples(
  path: string,
  profiles: readonly ThreadProfile[],
  capturedUrls: readonly string[],
): Promise<{ readonly threads: number; readonly samples: number }> {
  await replaceFile(path, (file) =>
    pipeline(Readable.from(textOf(profiles, capturedUrls)), createGzip(), file.createWriteStream()),
  );
  return {
    threads: new Set(profiles.map(({ target }) => target)).size,
    samples: profiles.reduce((sum, { profile }) => sum + profile.samples.length, 0),
  };
}

function* textOf(profiles: readonly ThreadProfile[], capturedUrls: readonly string[]): Generator<string> {
  const threads = profiles.map(({ target, profile }) => ({ pid: PID, tid: target + 1, profile }));
  yield `{"traceEvents":[\n${JSON.stringify(named('process_name', 0, 'Renderer'))}`;
  for (const tid of new Set(threads.map((thread) => thread.tid)))
    yield `,\n${JSON.stringify(named('thread_name', tid, tid === 1 ? 'CrRendererMain' : `worker or frame ${tid - 1}`))}`;
  for (const event of profileEvents(threads, capturedUrls)) yield `,\n${JSON.stringify(event)}`;
  yield '\n]}\n';
}

const named = (what: 'process_name' | 'thread_name', tid: number, name: string): object => ({
  args: { name },
  cat: '__metadata',
  name: what,
  ph: 'M',
  pid: PID,
  tid,
  ts: 0,
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = join(import.meta.dirname, '../../../shared/fixtures/traces');

/** A trace that someone else's tool recorded or wrote. */
export interface Fixture {
  readonly name: string;
  readonly path: string;
  bytes(): Uint8Array;
}

function fixturesIn(path: string): Fixture[] {
  if (!existsSync(path)) return [];
  const names = readdirSync(path).filter((name) => name.endsWith('.json') || name.endsWith('.json.gz'));
  return names.map((name) => ({
    name,
    path: join(path, name),
    bytes: () => (name.endsWith('.gz') ? gunzipSync(readFileSync(join(path, name))) : readFileSync(join(path, name))),
  }));
}

/** Traces of real browsers; empty where the folder of fixtures beside the repository is missing. */
export const recordedTraces = fixturesIn(folder);

/** Small traces with the oddities that tools write, from speedscope's tests. */
export const malformedTraces = fixturesIn(join(folder, 'malformed'));

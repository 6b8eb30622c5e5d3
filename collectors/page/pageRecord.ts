import { randomBytes } from 'node:crypto';
import { type BundleWriter, createBundle } from '../../src/bundle/bundleWriter.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { machineFacts } from '../machine/machineFacts.js';
import type { PageTarget } from './pageTarget.js';

/** The bundle of a page while it is written: a growing manifest, saved after every step. */
export interface PageRecord {
  readonly manifest: PageManifest;
  readonly writer: BundleWriter;
  save(): Promise<void>;
}

/** A page's address may be megabytes long. */
const TEXT_LIMIT = 4096;

/** Creates the bundle's folder, and in it a manifest with the status `recording`. */
export async function startPageRecord(
  folder: string,
  toolVersion: string,
  { opened, isHere, facts, notes, url, title }: PageTarget,
  page: Pick<PageManifest['page'], 'fromStart' | 'mark' | 'until'>,
): Promise<PageRecord> {
  const writer = await createBundle(folder);
  const manifest: PageManifest = {
    schema: 'inferscope.page/1',
    toolVersion,
    id: randomBytes(4).toString('hex'),
    startedAt: new Date().toISOString(),
    status: 'recording',
    reason: null,
    asked: [],
    page: {
      ...page,
      url: url.slice(0, TEXT_LIMIT),
      title: title.slice(0, TEXT_LIMIT),
      opened,
      unrecordedMs: [],
      ended: null,
      notes: [...notes],
    },
    recorded: null,
    machine: isHere ? await machineFacts() : null,
    browser: facts,
    trace: null,
    modules: [],
    baseline: null,
    realms: null,
    state: null,
    collectors: {},
  };
  const save = (): Promise<void> => writer.manifest(manifest);
  await save();
  return { manifest, writer, save };
}

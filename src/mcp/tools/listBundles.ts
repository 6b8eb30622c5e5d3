import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { BundleError, bundleFiles } from '../../bundle/bundleFiles.js';
import { openSource } from '../../bundle/openSource.js';
import { formatPlural } from '../../view/format.js';
import { address, shortName, top } from '../schemas.js';
import { tool } from '../tool.js';

const TOP = 20;
/** A packed one may inflate to anything. */
const LARGEST_MANIFEST = 64e6;

/** What of a manifest is listed. */
const head = z.discriminatedUnion('schema', [
  z.object({
    schema: z.literal('inferscope.run/1'),
    startedAt: z.string(),
    status: z.string(),
    workload: z.object({
      model: z.object({ name: z.string(), title: z.string() }),
      framework: z.string(),
      backend: z.string(),
    }),
  }),
  z.object({
    schema: z.literal('inferscope.page/1'),
    startedAt: z.string(),
    status: z.string(),
    page: z.object({ url: z.string(), title: z.string() }),
  }),
]);

const bundle = z.object({
  path: z.string(),
  kind: z.enum(['model', 'page']).describe('model: Inferscope ran it itself; page: a page was watched.'),
  what: z.string(),
  startedAt: z.string(),
  status: z.string().describe('complete, or incomplete: collecting did not finish.'),
  isPacked: z.boolean().describe('One file that trace pack wrote, and not a folder.'),
});

type Bundle = z.input<typeof bundle>;

export const listBundles = tool({
  name: 'list_bundles',
  title: 'Which recordings are there?',
  description:
    'Lists the recordings (run bundles, as folders or packed) of a folder, newest first: what ran, when, and whether it is complete.',
  input: z.object({
    folder: z.string().min(1).max(4096).optional().describe('Folder of bundles. Default: where new recordings are put.'),
    top: top(TOP),
  }),
  output: z.object({ folder: z.string(), bundles: z.array(bundle), bundlesLeftOut: z.number() }),
  readOnly: true,
  async answer({ folder: given, top: most }, { recordings }) {
    const folder = resolve(given ?? recordings.folder);
    const found = await bundlesIn(folder, given !== undefined);
    const shown = found.slice(0, most);
    return {
      data: { folder, bundles: shown, bundlesLeftOut: found.length - shown.length },
      head:
        found.length === 0
          ? 'There is no bundle yet. record makes one of a page.'
          : `${formatPlural(found.length, 'bundle')}, newest first.${given === undefined ? ` A question without a bundle is about the first${found[0]!.isPacked ? ' that is a folder' : ''}.` : ''}`,
      lines: [
        folder,
        ...shown.map(
          ({ path, kind, what, startedAt, status, isPacked }) =>
            `- ${startedAt}, ${kind}, ${status}${isPacked ? ', packed' : ''}: ${what} (${path})`,
        ),
      ],
      next:
        found.length > shown.length
          ? `${formatPlural(found.length - shown.length, 'bundle')} left out: ask with a larger top.`
          : '',
    };
  },
});

/** @param isRequired whether a folder that cannot be read is an error, and not one that is still to be made */
async function bundlesIn(folder: string, isRequired: boolean): Promise<Bundle[]> {
  const names = await readdir(folder).catch((error: Error) => {
    if (isRequired) throw new BundleError(`${folder} cannot be read: ${error.message}. Give a folder of bundles.`);
    return [];
  });
  const found = await Promise.all(names.map((name) => bundleAt(join(folder, name))));
  return found
    .flat()
    .sort((a, b) => b.changedMs - a.changedMs)
    .map(({ changedMs: _, ...one }) => one);
}

/** Nothing where there is no manifest, or one that cannot be read: a question about it says what is wrong. */
async function bundleAt(path: string): Promise<(Bundle & { readonly changedMs: number })[]> {
  const isPacked = path.endsWith('.zip');
  const facts = await stat(isPacked ? path : join(path, bundleFiles.manifest)).catch(() => null);
  const known = facts?.isFile() ? head.safeParse(await manifestOf(path)).data : undefined;
  if (!facts || !known) return [];
  const { startedAt, status } = known;
  const described =
    known.schema === 'inferscope.run/1'
      ? { kind: 'model' as const, what: modelText(known.workload) }
      : { kind: 'page' as const, what: `${shortName(known.page.title)} ${address(known.page.url)}`.trim() };
  const times = { startedAt: shortName(startedAt), changedMs: facts.mtimeMs };
  return [{ path, ...described, ...times, status: shortName(status), isPacked }];
}

/** As JSON; null where there is none. */
async function manifestOf(path: string): Promise<unknown> {
  try {
    const source = await openSource(path);
    const file = source.kind === 'bundle' ? await source.files.file(bundleFiles.manifest) : null;
    return file && file.sizeBytes <= LARGEST_MANIFEST ? JSON.parse(Buffer.from(await file.whole()).toString('utf8')) : null;
  } catch {
    return null;
  }
}

const modelText = ({
  model,
  framework,
  backend,
}: {
  readonly model: { readonly name: string; readonly title: string };
  readonly framework: string;
  readonly backend: string;
}): string => `${shortName(model.title || model.name)}, ${shortName(framework)} ${shortName(backend)}`;

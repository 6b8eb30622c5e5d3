import { BundleError } from '../bundle/bundleFiles.js';
import { bundleRoots, filesBelow, holdersOf, isBelow } from '../bundle/bundleRoots.js';
import type { SeekableFile, Source } from '../bundle/sourceFile.js';
import { studyFiles } from '../bundle/study.js';
import { sourceOf } from '../bundle/zip.js';
import { blobFile } from './blobFile.js';

/** A comparison of more is not readable, and reading them takes minutes. */
const MOST_INPUTS = 20;

/** One of the inputs, which is opened when it is its turn. */
export interface GivenSource {
  readonly name: string;
  open(): Promise<Source>;
}

/**
 * What the files that were given together are: every folder with a `run.json` is a bundle, and files beside are a bundle in a zip
 * or a trace each.
 * @throws BundleError if there are none, or too many
 */
export function sourcesOf(given: readonly { readonly path: string; readonly file: Blob }[]): GivenSource[] {
  const files = new Map<string, SeekableFile>();
  for (const { path, file } of given) {
    const name = freeName(path, files);
    files.set(name, blobFile(file, name));
  }
  const studies = holdersOf(studyFiles.study, [...files.keys()]);
  const inStudy = (path: string): boolean => studies.some((study) => isBelow(path, study));
  const roots = bundleRoots([...files.keys()].filter((path) => !inStudy(path)));
  const rest = [...files].filter(([path]) => !inStudy(path) && !roots.some((root) => isBelow(path, root)) && !isHidden(path));
  // A folder of bundles may hold more, which is not meant.
  const folders = new Set(rest.flatMap(([path]) => (path.includes('/') ? [path.split('/', 1)[0]!] : [])));
  for (const known of [...roots, ...studies]) folders.delete(known.split('/', 1)[0]!);
  const sources = [
    ...studies.map(asStudy),
    ...[...roots, ...folders].map((folder) => asBundle(folder, files)),
    ...rest.flatMap(([path, file]) => (path.includes('/') ? [] : [{ name: path, open: () => sourceOf(file) }])),
  ];
  if (sources.length === 0) throw new BundleError('There is no file in what was given. Give a trace or a run bundle.');
  if (sources.length > MOST_INPUTS)
    throw new BundleError(
      `These are ${sources.length} inputs, and more than ${MOST_INPUTS} are not compared at once. Give those that you mean.`,
    );
  return sources;
}

/** Files of several folders may have one name. */
function freeName(path: string, taken: ReadonlyMap<string, unknown>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? path : `${path} (${number})`;
    if (!taken.has(name)) return name;
  }
}

const nameOf = (folder: string): string => folder || 'the chosen files';

const asBundle = (folder: string, files: ReadonlyMap<string, SeekableFile>): GivenSource => ({
  name: nameOf(folder),
  open: async () => ({ kind: 'bundle', files: filesBelow(folder, nameOf(folder), files) }),
});

const asStudy = (folder: string): GivenSource => ({
  name: nameOf(folder),
  async open() {
    throw new BundleError(
      `${nameOf(folder)}: is a study, which this page does not read. Run "trace analyze" on it, or give folders of its ${studyFiles.runs}/.`,
    );
  },
});

/** What systems put beside files, such as .DS_Store. */
const isHidden = (path: string): boolean => /(^|\/)(\.|__MACOSX\/)/.test(path);

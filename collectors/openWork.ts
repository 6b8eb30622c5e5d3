import { mkdir, readdir } from 'node:fs/promises';
import { type FolderDocument, holdsDocument, readDocument } from '../src/bundle/readDocument.js';
import { refuseLinks } from '../src/bundle/refuseLinks.js';
import { isPartial } from '../src/bundle/replaceFile.js';
import { lockFolder } from './lockFolder.js';

interface OnMachine {
  readonly machine: { readonly cpu: string; readonly cores: number };
}

/** Work in a folder that goes on where it was interrupted. */
export interface WorkKind<T> {
  readonly document: FolderDocument<T>;
  /** Makes the error for the user. */
  refuse(problem: string): Error;
  /** What was begun there, if it is other work than the fresh one, and what to do: "a search with another …"; null: it is the same. */
  differs(begun: T, fresh: T): string | null;
}

export interface OpenedWork<T> {
  readonly work: T;
  /** Whether it had been begun before. */
  readonly resumed: boolean;
  /** Must be called at the end. Until then no other process can open it. */
  close(): Promise<void>;
}

/**
 * Begins some work in its folder, or goes on with the work that was begun there.
 * @param prepare what else is to be done before it begins, as removing what an interrupted run left
 * @throws what `refuse` makes, if the folder holds something else, other work or that of another machine, or is in use
 * @throws BundleError if it cannot be read, or the folder is a link
 */
export async function openWork<T extends OnMachine>(
  folder: string,
  fresh: T,
  { document, refuse, differs }: WorkKind<T>,
  prepare: (work: T) => Promise<void>,
): Promise<OpenedWork<T>> {
  const { noun } = document;
  await refuseLinks(folder);
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw refuse(`${folder} cannot be made: ${error.message}. Name another folder with --out.`);
  });
  const lock = document.file.replace(/\.json$/, '.lock');
  const close = await lockFolder(folder, lock, refuse);
  try {
    const begun = (await holdsDocument(folder, document)) ? await readDocument(folder, document) : null;
    // A process killed before the first document was complete leaves a partial one.
    if (!begun && (await readdir(folder)).some((name) => name !== lock && !isPartial(name)))
      throw refuse(`${folder} is not empty and holds no ${noun}. Name another folder with --out.`);
    const other = begun && differs(begun, fresh);
    if (other !== null) throw refuse(`${folder} holds ${other}`);
    if (begun && machineText(begun) !== machineText(fresh))
      throw refuse(
        `The ${noun} in ${folder} was begun on another machine (${machineText(begun)}; this is ${machineText(fresh)}), and times of two machines do not compare. Begin anew here with --out.`,
      );
    const work = begun ?? fresh;
    await prepare(work);
    return { work, resumed: begun !== null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const machineText = ({ machine: { cpu, cores } }: OnMachine): string => `${cpu}, ${cores} cores`;

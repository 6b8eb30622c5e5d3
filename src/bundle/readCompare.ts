import { type Compare, compareFiles, compareSchema } from './compare.js';
import { type FolderDocument, holdsDocument, readDocument } from './readDocument.js';

export const compareDocument: FolderDocument<Compare> = {
  file: compareFiles.compare,
  schema: compareSchema,
  noun: 'comparison',
  command: 'compare',
  runs: compareFiles.runs,
};

/** Whether a path is the folder of a comparison. */
export const isCompare = (path: string): Promise<boolean> => holdsDocument(path, compareDocument);

/** Reads `compare.json` of a comparison's folder. @throws BundleError as `readDocument` does */
export const readCompare = (folder: string): Promise<Compare> => readDocument(folder, compareDocument);

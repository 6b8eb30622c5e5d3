import { type Bisect, bisectFiles, bisectSchema } from './bisect.js';
import { type FolderDocument, holdsDocument, readDocument } from './readDocument.js';

export const bisectDocument: FolderDocument<Bisect> = {
  file: bisectFiles.bisect,
  schema: bisectSchema,
  noun: 'search',
  command: 'bisect',
  runs: bisectFiles.runs,
};

/** Whether a path is the folder of a search among builds. */
export const isBisect = (path: string): Promise<boolean> => holdsDocument(path, bisectDocument);

/** Reads `bisect.json` of a search's folder. @throws BundleError as `readDocument` does */
export const readBisect = (folder: string): Promise<Bisect> => readDocument(folder, bisectDocument);

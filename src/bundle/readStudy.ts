import { type FolderDocument, holdsDocument, readDocument } from './readDocument.js';
import { type Study, studyFiles, studySchema } from './study.js';

export const studyDocument: FolderDocument<Study> = {
  file: studyFiles.study,
  schema: studySchema,
  noun: 'study',
  command: 'study',
  runs: studyFiles.runs,
};

/** Whether a path is the folder of a study. */
export const isStudy = (path: string): Promise<boolean> => holdsDocument(path, studyDocument);

/** Reads `study.json` of a study's folder. @throws BundleError as `readDocument` does */
export const readStudy = (folder: string): Promise<Study> => readDocument(folder, studyDocument);

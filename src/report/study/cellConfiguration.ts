import type { StudyCell } from '../../bundle/study.js';
import { configurationDetails } from './configurationDetails.js';
import { configurationName } from './configurationName.js';

/** How a cell ran, in one line: "ORT Wasm, 2 threads". */
export function cellConfiguration(cell: StudyCell): string {
  const details = configurationDetails(cell);
  return details === '' ? configurationName(cell) : `${configurationName(cell)}, ${details}`;
}

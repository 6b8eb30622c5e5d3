import content from './tried.json' with { type: 'json' };
import { type TriedTable, triedTable } from './triedTable.js';

/** What was tried for this release. */
export const tried: TriedTable = triedTable.parse(content);

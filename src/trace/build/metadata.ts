import type { Scanner } from '../text/scanner.js';
import type { StringTable } from '../text/stringTable.js';
import type { TraceEvent } from '../text/traceEvent.js';
import type { Tables } from './tables.js';

/** Takes an M event that names a process or thread. False if it says something else, which no table holds. */
export function addMetadata(scanner: Scanner, strings: StringTable, { threads }: Tables, event: TraceEvent): boolean {
  const text = (key: string): number => {
    const at = scanner.find(event.args, key);
    return at < 0 ? 0 : strings.readText(scanner, at);
  };
  switch (strings.strings[event.name]) {
    case 'process_name':
      threads.nameProcess(event, text('name'));
      return true;
    case 'process_labels':
      threads.labelProcess(event, text('labels'));
      return true;
    case 'thread_name':
      threads.nameThread(event, text('name'));
      return true;
    default:
      return false;
  }
}

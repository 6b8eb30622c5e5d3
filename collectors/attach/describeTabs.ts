import { inertText } from '../../src/text/inertText.js';
import type { Tab } from './listTabs.js';

const TITLE_LIMIT = 50;
const URL_LIMIT = 80;
const TABS_LIMIT = 20;
/** As many characters of an id as tell tabs apart. */
const ID_LENGTH = 8;

/** A line per tab, for the user to choose from: its number, title, URL and the start of its id. What a page wrote has no effect in it. */
export function describeTabs(tabs: readonly Tab[]): string {
  const lines = tabs.slice(0, TABS_LIMIT).map(({ id, title, url }, index) => {
    const name = inertText(title, TITLE_LIMIT).trim() || '(no title)';
    return `  ${index + 1}. ${name}  ${inertText(url, URL_LIMIT)}  (id ${inertText(id.slice(0, ID_LENGTH))})`;
  });
  if (tabs.length > TABS_LIMIT) lines.push(`  … and ${tabs.length - TABS_LIMIT} more`);
  return lines.join('\n');
}

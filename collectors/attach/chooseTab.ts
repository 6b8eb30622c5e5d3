import { inertText } from '../../src/text/inertText.js';
import { AttachError } from './attachError.js';
import { describeTabs } from './describeTabs.js';
import type { Tab } from './listTabs.js';

/** A title or URL may be megabytes long, and a regular expression slow: it sees only so many characters. */
const SEEN = 2000;
const HOW = 'Choose one with --tab: a part of its title or URL, /a regular expression/, or its id.';

/**
 * The one tab that is meant.
 * @param wanted a part of its title or URL (upper and lower case are the same), `/regex/` with flags i and u, or the first eight or more
 *   characters of its id; undefined: the only tab there is
 * @throws AttachError that lists the tabs if it is not exactly one; `bad-pattern` if it is no regular expression
 */
export function chooseTab(tabs: readonly Tab[], wanted: string | undefined): Tab {
  if (tabs.length === 0) throw new AttachError('no-tab', 'The browser has no tab open. Open the page in it, and run this again.');
  const fits = wanted === undefined ? () => true : tabTest(wanted);
  const found = tabs.filter(fits);
  if (found.length === 1) return found[0]!;
  if (found.length === 0) {
    throw new AttachError('no-tab', `No tab fits --tab "${inertText(wanted)}". There are:\n${describeTabs(tabs)}\n${HOW}`);
  }
  const what =
    wanted === undefined ? `The browser has ${found.length} tabs open` : `${found.length} tabs fit --tab "${inertText(wanted)}"`;
  throw new AttachError('several-tabs', `${what}:\n${describeTabs(found)}\n${HOW}`);
}

function tabTest(wanted: string): (tab: Tab) => boolean {
  const [, source, flags] = /^\/(.+)\/([iu]*)$/s.exec(wanted) ?? [];
  if (source !== undefined) {
    const pattern = patternOf(source, flags ?? '', wanted);
    return ({ title, url }) => pattern.test(title.slice(0, SEEN)) || pattern.test(url.slice(0, SEEN));
  }
  const part = wanted.toLowerCase();
  const isId = /^[\da-f]{8,}$/.test(part);
  return ({ id, title, url }) =>
    title.toLowerCase().includes(part) || url.toLowerCase().includes(part) || (isId && id.toLowerCase().startsWith(part));
}

function patternOf(source: string, flags: string, wanted: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new AttachError(
      'bad-pattern',
      `--tab "${inertText(wanted)}" is no regular expression: ${inertText((error as Error).message)}`,
    );
  }
}

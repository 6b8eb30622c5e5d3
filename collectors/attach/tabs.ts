import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import type { ProtocolSession } from '../protocolSession.js';
import { AttachError } from './attachError.js';

/** A tab of the browser. Its title and URL come from the page. */
export interface Tab {
  /** The browser's id of the tab, constant while the tab lives. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** DevTools or another tool is already attached to it. */
  readonly attached: boolean;
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Target/#type-TargetInfo */
const targets = z.object({
  targetInfos: z.array(
    z.object({
      targetId: z.string(),
      type: z.string(),
      title: z.string(),
      url: z.string(),
      attached: z.boolean(),
      /** `prerender`: a page that is not visible yet. */
      subtype: z.string().optional(),
    }),
  ),
});

/** DevTools and extension pages are also tabs of type `page`. */
const INNER = /^(devtools|chrome-extension):/;

/**
 * The open tabs. It attaches to none of them: attaching to a frozen or discarded tab may never return.
 * @param inner includes the tabs of DevTools and of extensions
 */
export async function listTabs(browser: ProtocolSession, inner = false): Promise<readonly Tab[]> {
  const { targetInfos } = targets.parse(await browser.send('Target.getTargets'));
  return targetInfos
    .filter(({ type, subtype, url }) => type === 'page' && subtype === undefined && (inner || !INNER.test(url)))
    .map(({ targetId, title, url, attached }) => ({ id: targetId, title, url, attached }));
}

/** Only this many characters of a title or URL are searched: they may be megabytes long, and a regular expression slow. */
const SEARCHED = 2000;
const HOW = 'Choose one with --tab: a part of its title or URL, /a regular expression/, or its id.';

/**
 * The one tab that the user means.
 * @param wanted a part of its title or URL (case-insensitive), `/regex/` with flags i and u, or at least the first eight
 *   characters of its id; undefined: the only tab
 * @throws AttachError that lists the tabs if not exactly one matches; `bad-pattern` for an invalid regular expression
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
    return ({ title, url }) => pattern.test(title.slice(0, SEARCHED)) || pattern.test(url.slice(0, SEARCHED));
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

const TITLE_LIMIT = 50;
const URL_LIMIT = 80;
const TABS_LIMIT = 20;
/** Enough characters of an id to tell tabs apart. */
const ID_LENGTH = 8;

/** A line per tab to choose from: number, title, URL and the start of its id. The page's text is made inert. */
function describeTabs(tabs: readonly Tab[]): string {
  const lines = tabs.slice(0, TABS_LIMIT).map(({ id, title, url }, index) => {
    const name = inertText(title, TITLE_LIMIT).trim() || '(no title)';
    return `  ${index + 1}. ${name}  ${inertText(url, URL_LIMIT)}  (id ${inertText(id.slice(0, ID_LENGTH))})`;
  });
  if (tabs.length > TABS_LIMIT) lines.push(`  … and ${tabs.length - TABS_LIMIT} more`);
  return lines.join('\n');
}

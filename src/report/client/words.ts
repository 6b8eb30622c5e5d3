import { placeBy } from './tooltip.js';

/** Words that are no running text, or that already do something when they are pressed. */
const SKIPPED = '.steps strong, code, script, style, button, select, a, .glossary, .chart, #meaning, .term';
/** Where a word is marked once. */
const PLACE = '#answer, section, table';

/**
 * Marks the words of the glossary where they first stand in each section and table, and tells their meaning to who points at them or
 * reaches them by keyboard.
 */
export function words(page: Document): void {
  const meanings = meaningsOf(page);
  if (meanings.size === 0) return;
  const pattern = patternOf([...meanings.keys()]);
  // Names of causes that are words of everyday, such as "Memory", mean the cause only where they stand alone.
  const alone = new Map(
    [...page.querySelectorAll('.glossary dt[data-alone]')].map(({ textContent }) => [
      keyOf(textContent ?? ''),
      textContent ?? '',
    ]),
  );
  const marked = new Map<Element | null, Set<string>>();
  const isNew = (word: string, at: Element): boolean => {
    const place = at.closest(PLACE);
    const known = marked.get(place) ?? new Set();
    marked.set(place, known);
    return !known.has(word) && Boolean(known.add(word));
  };
  markHeads(page, meanings, isNew);
  for (const text of textsOf(page)) markText(text, pattern, alone, isNew);
  tell(page, meanings);
}

/** By their words in small letters. */
function meaningsOf(page: Document): Map<string, string> {
  const list = [...page.querySelectorAll('.glossary dt')].flatMap((term) =>
    (term.textContent ?? '').split(', ').map((word) => [word.toLowerCase(), term.nextElementSibling?.textContent ?? ''] as const),
  );
  return new Map(list.filter(([word]) => word !== ''));
}

/** Longer words come first. A single letter is a word only where a number follows: "n = 40". */
function patternOf(list: readonly string[]): RegExp {
  const parts = [...list]
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s');
      return word.length === 1 ? `${escaped}(?=\\s=)` : escaped;
    });
  return new RegExp(`(?<![\\p{L}\\p{N}_.-])(${parts.join('|')})(?:s|es)?(?![\\p{L}\\p{N}_-])`, 'giu');
}

/** A heading that sorts is a button already. */
function markHeads(page: Document, meanings: ReadonlyMap<string, string>, isNew: (word: string, at: Element) => boolean): void {
  for (const button of page.querySelectorAll<HTMLElement>('thead button')) {
    const word = keyOf(button.textContent ?? '');
    if (!meanings.has(word) || !isNew(word, button)) continue;
    button.dataset.word = word;
    button.classList.add('term');
  }
}

const keyOf = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

function textsOf(page: Document): Text[] {
  const main = page.querySelector('main');
  if (!main) return [];
  const walker = page.createTreeWalker(main, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(SKIPPED) || node.parentElement?.closest('tbody, summary') || (node.nodeValue ?? '').trim() === ''
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  const list: Text[] = [];
  while (walker.nextNode()) list.push(walker.currentNode as Text);
  return list;
}

function markText(
  text: Text,
  pattern: RegExp,
  alone: ReadonlyMap<string, string>,
  isNew: (word: string, at: Element) => boolean,
): void {
  const parent = text.parentElement;
  if (!parent) return;
  const content = text.nodeValue ?? '';
  const parts: (string | Node)[] = [];
  let from = 0;
  for (const match of content.matchAll(pattern)) {
    const word = keyOf(match[1]!);
    if (alone.has(word) && alone.get(word) !== content.trim()) continue;
    if (!isNew(word, parent)) continue;
    const term = parent.ownerDocument.createElement('span');
    term.className = 'term';
    term.tabIndex = 0;
    term.dataset.word = word;
    term.textContent = match[0];
    parts.push(content.slice(from, match.index), term);
    from = match.index + match[0].length;
  }
  if (parts.length > 0) text.replaceWith(...parts, content.slice(from));
}

/** Shows a meaning below its word until it is left, or Escape is pressed. */
function tell(page: Document, meanings: ReadonlyMap<string, string>): void {
  const box = page.createElement('div');
  box.id = 'meaning';
  box.setAttribute('role', 'tooltip');
  box.hidden = true;
  page.querySelector('main')?.append(box);
  let shown: HTMLElement | null = null;
  const hide = (): void => {
    shown?.removeAttribute('aria-describedby');
    shown = null;
    box.hidden = true;
  };
  const show = (term: HTMLElement): void => {
    hide();
    shown = term;
    box.textContent = meanings.get(term.dataset.word ?? '') ?? '';
    box.hidden = false;
    const { left, bottom, top } = term.getBoundingClientRect();
    placeBy(box, { left, bottom: bottom + 6, top: top - 6 });
    term.setAttribute('aria-describedby', box.id);
  };
  const termOf = (event: Event): HTMLElement | null => (event.target as Element | null)?.closest?.<HTMLElement>('.term') ?? null;
  for (const kind of ['pointerover', 'focusin']) {
    page.addEventListener(kind, (event) => {
      const term = termOf(event);
      if (term) show(term);
    });
  }
  for (const kind of ['pointerout', 'focusout']) page.addEventListener(kind, (event) => termOf(event) && hide());
  page.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
}

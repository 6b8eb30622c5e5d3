import { framed } from './framed.js';

/** A contents list beside the page has room from this width on; keep in step with the style sheet. */
const WIDE = '(min-width: 1280px)';

/** What is read on paper too. */
const PRINTED = 'details.group, .steps details, .alarm details, .caution details';

/** Unfolds what a link leads to, and what is printed; and the contents where they stand beside the page. */
export function unfold(page: Document, window: Window): void {
  const groups = (): HTMLDetailsElement[] => [...page.querySelectorAll<HTMLDetailsElement>(PRINTED)];
  const toTarget = (hash = window.location.hash): void => {
    const target = page.getElementById(decodeURIComponent(hash.slice(1)));
    for (let at = target?.closest('details'); at; at = at.parentElement?.closest('details')) at.open = true;
    target?.scrollIntoView();
  };
  const contents = page.querySelector<HTMLDetailsElement>('.contents');
  const wide = window.matchMedia(WIDE);
  const foldContents = (): void => {
    if (contents) contents.open = wide.matches;
  };
  foldContents();
  wide.addEventListener('change', foldContents);
  window.addEventListener('hashchange', () => toTarget());
  framed(page, window, toTarget);
  if (window.location.hash.length > 1) toTarget();
  let folded: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    folded = groups().filter(({ open }) => !open);
    for (const each of folded) each.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const each of folded) each.open = false;
  });
}

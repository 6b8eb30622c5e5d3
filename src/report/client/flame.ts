import type { FlameBox, FlameTree } from '../../view/block.js';
import { formatMs, formatShare } from '../../view/format.js';
import { paint } from '../../view/palette.js';
import { hideTooltip, showTooltip } from './tooltip.js';

/** Height of a row, px; keep in step with the style sheet. */
const ROW_PX = 20;
/** Narrower boxes cannot be seen; zooming shows them. */
const LEAST_PART = 0.0008;

/** Draws each flame chart of the page when its place is first seen. */
export function flames(page: Document): void {
  const places = [...page.querySelectorAll<HTMLElement>('[data-flame]')];
  if (places.length === 0) return;
  const seen = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.clientWidth === 0) continue;
      seen.unobserve(target);
      const all = JSON.parse(page.getElementById('flames')?.textContent ?? '[]') as readonly (readonly FlameTree[])[];
      drawFlame(target as HTMLElement, all[Number((target as HTMLElement).dataset.flame)] ?? []);
    }
  });
  for (const place of places) seen.observe(place);
}

/** A box with those around and inside it. `at`: where it begins, as the part of the whole. */
interface Box extends FlameBox {
  readonly at: number;
  readonly part: number;
  readonly around: Box | null;
  readonly inside: Box[];
  element: HTMLElement | null;
}

function boxesOf({ boxes }: FlameTree): Box[] {
  const wholeMs = boxes[0]?.ms || 1;
  const open: { box: Box; usedMs: number }[] = [];
  return boxes.map((each) => {
    open.length = Math.min(open.length, each.depth);
    const around = open.at(-1) ?? null;
    const at = around ? around.box.at + around.usedMs / wholeMs : 0;
    const box: Box = { ...each, at, part: each.ms / wholeMs, around: around?.box ?? null, inside: [], element: null };
    if (around) {
      around.usedMs += each.ms;
      around.box.inside.push(box);
    }
    open.push({ box, usedMs: 0 });
    return box;
  });
}

/** The chart with its tools, in a place of the page. Every text is set as text and never read as markup. */
export function drawFlame(place: HTMLElement, trees: readonly FlameTree[]): void {
  const page = place.ownerDocument;
  const block = (name: 'div' | 'p', className: string): HTMLElement => Object.assign(page.createElement(name), { className });
  const button = (textContent: string): HTMLButtonElement => Object.assign(page.createElement('button'), { textContent });
  const tools = block('div', 'tools');
  const tree = block('div', 'boxes');
  tree.setAttribute('role', 'tree');
  tree.setAttribute('aria-label', place.getAttribute('aria-label') ?? 'Call stacks');
  const frames = block('div', 'frames');
  frames.append(tree);
  const told = block('p', 'more');
  let boxes: Box[] = [];
  let zoomed: Box | null = null;

  const search = Object.assign(page.createElement('input'), { type: 'search', placeholder: 'Find a function' });
  search.setAttribute('aria-label', 'Find a function in the flame chart');
  const whole = button('Whole window');
  const choices = trees.map(({ title }, number) => {
    const choice = button(title);
    choice.addEventListener('click', () => show(number));
    return choice;
  });
  tools.append(...(choices.length > 1 ? choices : []), search, whole);
  place.replaceChildren(tools, frames, told);

  const text = (box: Box): readonly (readonly [string, string])[] => [
    ['Function', box.name],
    ['Time', `${formatMs(box.ms)}, ${formatShare(box.part)}`],
    ['Own time', formatMs(box.ownMs)],
    ['Counts for', box.kind],
    ...(box.place === undefined ? [] : [['In', box.place] as const]),
  ];
  const sentence = (box: Box): string =>
    `${text(box)
      .map(([name, value]) => (name === 'Function' ? value : `${name.toLowerCase()} ${value}`))
      .join(', ')}`;

  const made = (box: Box): HTMLElement => {
    if (box.element) return box.element;
    const own = Object.assign(page.createElement('div'), { textContent: box.name, tabIndex: -1 });
    own.setAttribute('role', 'treeitem');
    own.setAttribute('aria-level', String(box.depth + 1));
    own.setAttribute('aria-label', sentence(box));
    own.style.top = `${box.depth * ROW_PX}px`;
    if (box.fill !== undefined) {
      const { fill, ink } = paint(box.fill);
      Object.assign(own.style, { background: fill, color: ink });
    }
    box.element = own;
    byElement.set(own, box);
    return own;
  };
  const byElement = new WeakMap<EventTarget, Box>();

  /** Says something below the chart. What has the focus is read out anyway. */
  const tell = (sentence: string, live: 'off' | 'polite'): void => {
    told.setAttribute('aria-live', live);
    told.textContent = sentence;
  };

  /** Shows the tree, or a box and what is inside it, with those around it above. */
  const layOut = (): void => {
    const [from, part] = zoomed ? [zoomed.at, zoomed.part] : [0, 1];
    const drawn = boxes.filter((box) => {
      const begin = (box.at - from) / part;
      return begin + box.part / part > 1e-9 && begin < 1 - 1e-9 && box.part / part >= LEAST_PART;
    });
    for (const box of drawn) {
      const left = Math.max(0, (box.at - from) / part);
      const right = Math.min(1, (box.at + box.part - from) / part);
      Object.assign(made(box).style, { left: `${left * 100}%`, width: `${(right - left) * 100}%` });
      made(box).classList.toggle('around', zoomed !== null && box.depth < zoomed.depth);
    }
    tree.replaceChildren(...drawn.map(made));
    const deepest = drawn.reduce((most, { depth }) => Math.max(most, depth), 0);
    tree.style.height = `${(deepest + 1) * ROW_PX}px`;
    whole.disabled = zoomed === null;
    focusable(drawn.find((box) => box === zoomed) ?? drawn[0]);
  };
  /** Only one box is reached by Tab; arrows lead to the others. */
  const focusable = (box: Box | undefined): void => {
    for (const each of tree.querySelectorAll('[tabindex="0"]')) each.setAttribute('tabindex', '-1');
    box?.element?.setAttribute('tabindex', '0');
  };
  const go = (box: Box | null | undefined): void => {
    if (!box?.element?.isConnected) return;
    focusable(box);
    box.element.focus();
    tell(sentence(box), 'off');
  };
  const zoom = (box: Box | null): void => {
    zoomed = box?.around ? box : null;
    layOut();
    go(box ?? boxes[0]);
  };
  const find = (): void => {
    const wanted = search.value.trim().toLowerCase();
    const found =
      wanted === '' ? [] : boxes.filter(({ name, place: at }) => `${name} ${at ?? ''}`.toLowerCase().includes(wanted));
    const isFound = new Set(found);
    for (const box of boxes) box.element?.classList.toggle('other', wanted !== '' && !isFound.has(box));
    // What stands inside another that was found is part of its time.
    const outer = found.filter((box) => !isInside(box, isFound));
    const share = outer.reduce((sum, { part }) => sum + part, 0);
    const count = found.length === 1 ? '1 box' : `${found.length} boxes`;
    tell(wanted === '' ? '' : `${count}, together ${formatShare(share)} of the time`, 'polite');
  };
  const show = (number: number): void => {
    boxes = boxesOf(trees[number] ?? { title: '', boxes: [] });
    zoomed = null;
    for (const [i, choice] of choices.entries()) choice.setAttribute('aria-pressed', String(i === number));
    layOut();
    find();
  };

  tree.addEventListener('click', ({ target }) => zoom(boxAt(target)));
  tree.addEventListener('pointermove', (event) => {
    const box = boxAt(event.target);
    if (box) showTooltip(event, text(box));
    else hideTooltip();
  });
  tree.addEventListener('pointerleave', hideTooltip);
  tree.addEventListener('keydown', (event) => {
    const box = boxAt(event.target);
    if (!box) return;
    const beside = (step: number): Box | undefined => box.around?.inside.filter(({ element }) => element?.isConnected).at(step);
    const place = box.around?.inside.filter(({ element }) => element?.isConnected).indexOf(box) ?? 0;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(box.inside.find(({ element }) => element?.isConnected)),
      ArrowUp: () => go(box.around),
      ArrowRight: () => go(beside(place + 1)),
      ArrowLeft: () => go(place > 0 ? beside(place - 1) : null),
      Home: () => go(boxes[0]),
      Enter: () => zoom(box),
      ' ': () => zoom(box),
      Escape: () => zoom(zoomed?.around ?? null),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  search.addEventListener('input', find);
  whole.addEventListener('click', () => zoom(null));
  const boxAt = (target: EventTarget | null): Box | null => (target ? (byElement.get(target) ?? null) : null);
  show(0);
}

function isInside(box: Box, found: ReadonlySet<Box>): boolean {
  for (let around = box.around; around; around = around.around) if (found.has(around)) return true;
  return false;
}

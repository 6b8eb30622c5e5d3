import type { TooltipHandler } from 'vega';

/** Shows what is under the pointer of a chart. */
export const tooltip: TooltipHandler = (_handler, event, _item, value) => {
  if (value === null || value === undefined || value === '') return hideTooltip();
  const rows = typeof value === 'object' ? Object.entries(value as Record<string, unknown>) : [['', value] as const];
  showTooltip(event as MouseEvent, rows);
};

/** Shows rows beside the pointer. Every value is set as text and never read as markup. */
export function showTooltip({ clientX = 0, clientY = 0 }: MouseEvent, rows: readonly (readonly [string, unknown])[]): void {
  const box = tooltipBox();
  box.replaceChildren(...rows.flatMap(([name, text]) => [cell('dt', name), cell('dd', text)]));
  box.hidden = false;
  placeBy(box, { left: clientX + 14, top: clientY - 12, bottom: clientY + 18 });
}

export function hideTooltip(): void {
  tooltipBox().hidden = true;
}

/** Puts a box below a place of the window, or above it where there is no room. */
export function placeBy(box: HTMLElement, { left, top, bottom }: Readonly<Record<'left' | 'top' | 'bottom', number>>): void {
  const isBelow = bottom + box.offsetHeight < window.innerHeight;
  box.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, isBelow ? bottom : top - box.offsetHeight)}px`;
}

function tooltipBox(): HTMLElement {
  const known = document.getElementById('tooltip');
  if (known) return known;
  const box = document.createElement('dl');
  box.id = 'tooltip';
  box.setAttribute('aria-hidden', 'true');
  document.body.append(box);
  return box;
}

function cell(kind: 'dt' | 'dd', text: unknown): HTMLElement {
  const element = document.createElement(kind);
  element.textContent = String(text);
  return element;
}

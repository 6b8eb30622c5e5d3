import type { TooltipHandler } from 'vega';

/** Shows what is under the pointer. Every value is set as text and never read as markup. */
export const tooltip: TooltipHandler = (_handler, event, _item, value) => {
  const box = tooltipBox();
  if (value === null || value === undefined || value === '') {
    box.hidden = true;
    return;
  }
  const rows = typeof value === 'object' ? Object.entries(value as Record<string, unknown>) : [['', value] as const];
  box.replaceChildren(...rows.flatMap(([name, text]) => [cell('dt', name), cell('dd', text)]));
  box.hidden = false;
  const { clientX = 0, clientY = 0 } = event as MouseEvent;
  const left = Math.min(clientX + 14, document.documentElement.clientWidth - box.offsetWidth - 8);
  const below = clientY + 18 + box.offsetHeight < window.innerHeight;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${Math.max(8, below ? clientY + 18 : clientY - box.offsetHeight - 12)}px`;
};

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

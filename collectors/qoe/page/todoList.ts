import type { operationKinds } from '../../../src/bundle/qoeLog.js';
import { FIRST_ROWS, places } from './protocol.js';

/** A list of things to do, drawn anew as a whole at each change, as many are. */
export interface TodoList {
  /** Makes an operation by events that a script sends. */
  operate(kind: (typeof operationKinds)[number]): void;
}

interface Item {
  readonly id: number;
  readonly text: string;
  done: boolean;
}

/** Enter in the field adds an item, a click on the box of one ticks it off, and on the × removes it. */
export function todoList(parent: HTMLElement): TodoList {
  const field = document.createElement('input');
  const list = document.createElement('ul');
  field.id = 'inferscope-field';
  list.id = 'inferscope-list';
  parent.append(field, list);
  let items: Item[] = Array.from({ length: FIRST_ROWS }, (_, id) => ({ id, text: `thing ${id}`, done: false }));
  let next = items.length;

  const rowOf = ({ id, text, done }: Item): HTMLElement => {
    const row = document.createElement('li');
    const box = document.createElement('input');
    const label = document.createElement('span');
    const remove = document.createElement('button');
    row.dataset.id = String(id);
    box.type = 'checkbox';
    box.checked = done;
    label.textContent = text;
    label.className = done ? 'done' : '';
    remove.textContent = '×';
    row.append(box, label, remove);
    return row;
  };
  const draw = (): void => {
    list.replaceChildren(...items.map(rowOf));
    field.focus();
  };
  field.addEventListener('keydown', ({ key }) => {
    if (key !== 'Enter') return;
    items.push({ id: next++, text: field.value || 'thing', done: false });
    field.value = '';
    draw();
  });
  list.addEventListener('click', ({ target }) => {
    const clicked = target as HTMLElement;
    const id = Number(clicked.closest('li')?.dataset.id ?? -1);
    if (clicked.tagName === 'BUTTON') items = items.filter((item) => item.id !== id);
    else for (const item of items) if (item.id === id) item.done = !item.done;
    draw();
  });
  draw();

  const press = (key: string): void => {
    for (const type of ['keydown', 'keyup']) field.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true }));
  };
  return {
    operate(kind) {
      if (kind === 'add') press('Enter');
      else list.querySelector<HTMLElement>(kind === 'toggle' ? 'li input' : 'li:last-child button')?.click();
    },
  };
}

export const todoStyle = `
#inferscope-field{position:absolute;left:10px;top:10px;width:400px;height:24px;box-sizing:border-box}
#inferscope-list{position:absolute;left:10px;top:${places.firstRowPx}px;width:560px;margin:0;padding:0;list-style:none}
#inferscope-list li{height:${places.rowPx}px;box-sizing:border-box;border-bottom:1px solid #ddd;line-height:${places.rowPx}px;overflow:hidden;position:relative}
#inferscope-list input{position:absolute;left:4px;top:7px;margin:0}
#inferscope-list span{position:absolute;left:36px}
#inferscope-list .done{text-decoration:line-through;color:#888}
#inferscope-list button{position:absolute;left:${places.removeX - 20}px;top:3px;width:22px;height:22px;padding:0}`;

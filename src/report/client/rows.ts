/** Rows of a table that unfold from one line, or all of a table that has no groups. */
interface Group {
  readonly head: HTMLTableRowElement | null;
  rows: HTMLTableRowElement[];
  isOpen: boolean;
}

/** The rows of a table: which of them are seen, and in which order. */
export class Rows {
  readonly isGrouped: boolean;
  /** How many are seen at first; more are there when a reader asks for them. */
  readonly shown: number;
  readonly total: number;
  /** Whether all rows are seen, one by one and not by group. */
  isWhole = false;
  readonly #body: HTMLTableSectionElement;
  #groups: Group[];
  readonly #texts = new Map<HTMLTableRowElement, string>();
  #wanted = '';
  readonly #chosen = new Map<number, string>();
  #sorted: { readonly column: number; readonly isDown: boolean } | null;

  constructor(table: HTMLTableElement, body: HTMLTableSectionElement) {
    this.#body = body;
    this.#groups = groupsOf(body);
    this.isGrouped = this.#groups[0]?.head != null;
    this.total = this.all().length;
    this.shown = Number(table.dataset.shown ?? this.total);
    this.#sorted = sortOf(table);
    this.update();
  }

  /** The rows in their order, without the lines that they unfold from. */
  all(): readonly HTMLTableRowElement[] {
    return this.#groups.flatMap(({ rows }) => rows);
  }

  heads(): readonly HTMLTableRowElement[] {
    return this.#groups.flatMap(({ head }) => head ?? []);
  }

  isOpen(head: HTMLTableRowElement): boolean {
    return this.#groups.find((group) => group.head === head)?.isOpen ?? false;
  }

  unfold(head: HTMLTableRowElement): void {
    for (const group of this.#groups) if (group.head === head) group.isOpen = !group.isOpen;
    this.update();
  }

  /** @returns how many rows have the text and the choice */
  filter(wanted: string): number {
    this.#wanted = wanted.trim().toLowerCase();
    return this.update();
  }

  /** @param text of a cell of the column; null: any */
  choose(column: number, text: string | null): number {
    if (text === null) this.#chosen.delete(column);
    else this.#chosen.set(column, text);
    return this.update();
  }

  /** Groups are sorted by their own lines, and the rows in each. One by one, all rows are sorted together. */
  sort(column: number, isDown: boolean): void {
    this.#sorted = { column, isDown };
    const order = (rows: readonly HTMLTableRowElement[]): HTMLTableRowElement[] => sorted(rows, column, isDown ? -1 : 1);
    if (this.isGrouped && this.isWhole) {
      const places = new Map(order(this.all()).map((row, place) => [row, place]));
      this.#body.append(...this.heads(), ...places.keys());
      for (const group of this.#groups) group.rows.sort((a, b) => places.get(a)! - places.get(b)!);
    } else {
      const heads = order(this.heads());
      this.#groups.sort((a, b) => heads.indexOf(a.head!) - heads.indexOf(b.head!));
      for (const group of this.#groups) group.rows = order(group.rows);
      this.#place();
    }
    this.update();
  }

  /** All rows, or the first ones; one by one, or by group. */
  toggleWhole(): void {
    this.isWhole = !this.isWhole;
    if (this.isGrouped && this.#sorted) this.sort(this.#sorted.column, this.#sorted.isDown);
    else this.update();
  }

  #place(): void {
    this.#body.append(...this.#groups.flatMap(({ head, rows }) => (head ? [head, ...rows] : rows)));
  }

  /** Hides what is not to be seen. */
  update(): number {
    const isFiltered = this.#wanted !== '' || this.#chosen.size > 0;
    let count = 0;
    for (const { head, rows, isOpen } of this.#groups) {
      let found = 0;
      for (const [place, row] of rows.entries()) {
        const isFound = !isFiltered || this.#has(row);
        const isFolded = head ? !this.isWhole && !isOpen && !isFiltered : !this.isWhole && !isFiltered && place >= this.shown;
        row.hidden = !isFound || isFolded;
        if (isFound) found++;
      }
      if (head) head.hidden = this.isWhole || found === 0;
      count += found;
    }
    return count;
  }

  #has(row: HTMLTableRowElement): boolean {
    for (const [column, text] of this.#chosen) if (textOf(row.cells[column]!) !== text) return false;
    return this.#wanted === '' || this.#textOf(row).includes(this.#wanted);
  }

  #textOf(row: HTMLTableRowElement): string {
    const known =
      this.#texts.get(row) ??
      [...row.cells]
        .map((cell) => cell.dataset.whole ?? textOf(cell))
        .join(' ')
        .toLowerCase();
    this.#texts.set(row, known);
    return known;
  }
}

/** How the rows are sorted when the page is opened. */
function sortOf(table: HTMLTableElement): { column: number; isDown: boolean } | null {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const column = heads.findIndex((head) => head.hasAttribute('aria-sort'));
  return column < 0 ? null : { column, isDown: heads[column]!.getAttribute('aria-sort') === 'descending' };
}

function groupsOf(body: HTMLTableSectionElement): Group[] {
  const groups: Group[] = [];
  for (const row of body.rows) {
    const isHead = row.classList.contains('group-head');
    if (isHead || groups.length === 0) groups.push({ head: isHead ? row : null, rows: [], isOpen: false });
    if (!isHead) groups.at(-1)!.rows.push(row);
  }
  return groups;
}

function sorted(rows: readonly HTMLTableRowElement[], column: number, sign: 1 | -1): HTMLTableRowElement[] {
  const keyed = rows.map((row) => ({ row, order: orderOf(row.cells[column]!), text: textOf(row.cells[column]!) }));
  // What has no value stands at the end in either direction.
  keyed.sort((a, b) => {
    if (a.order !== null && b.order !== null) return sign * (a.order - b.order);
    if (a.order === null && b.order === null) return sign * a.text.localeCompare(b.text);
    return a.order === null ? 1 : -1;
  });
  return keyed.map(({ row }) => row);
}

const orderOf = ({ dataset }: HTMLElement): number | null => (dataset.order === undefined ? null : Number(dataset.order));

/** The text of an element, without runs of spaces. */
export const textOf = (element: Element): string => element.textContent?.replace(/\s+/g, ' ').trim() ?? '';

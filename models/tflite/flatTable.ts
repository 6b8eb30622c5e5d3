/**
 * A table of a flat buffer, read with every place checked: the published library of the format checks none, and reads zeros beyond the end.
 * https://flatbuffers.dev/internals/
 *
 * Reading throws RangeError where the file does not hold what it says.
 */
export class FlatTable {
  readonly #fields: number;
  readonly #fieldsBytes: number;

  constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {
    this.#fields = at - view.getInt32(at, true);
    this.#fieldsBytes = view.getUint16(this.#fields, true);
  }

  /** The root table of a file. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  byte(slot: number, otherwise: number): number {
    const at = this.#place(slot);
    return at === null ? otherwise : this.view.getInt8(at);
  }

  int32(slot: number, otherwise: number): number {
    const at = this.#place(slot);
    return at === null ? otherwise : this.view.getInt32(at, true);
  }

  /** A whole number of 64 bits, which is rounded beyond 2⁵³. */
  int64(slot: number, otherwise: number): number {
    const at = this.#place(slot);
    return at === null ? otherwise : Number(this.view.getBigUint64(at, true));
  }

  text(slot: number): string | null {
    const vector = this.#vector(slot, 1);
    if (vector === null) return null;
    const { buffer, byteOffset } = this.view;
    return new TextDecoder().decode(new Uint8Array(buffer, byteOffset + vector.at, vector.length));
  }

  /** Null where the field is absent. */
  int32s(slot: number): readonly number[] | null {
    const vector = this.#vector(slot, 4);
    return vector && Array.from({ length: vector.length }, (_, i) => this.view.getInt32(vector.at + 4 * i, true));
  }

  /** The length of a list of bytes that lies in the file; null where the field is absent. */
  byteCount(slot: number): number | null {
    return this.#vector(slot, 1)?.length ?? null;
  }

  tables(slot: number): readonly FlatTable[] {
    const vector = this.#vector(slot, 4);
    if (vector === null) return [];
    return Array.from({ length: vector.length }, (_, i) => new FlatTable(this.view, this.#target(vector.at + 4 * i)));
  }

  #place(slot: number): number | null {
    const entry = 4 + 2 * slot;
    const offset = entry + 2 > this.#fieldsBytes ? 0 : this.view.getUint16(this.#fields + entry, true);
    return offset === 0 ? null : this.at + offset;
  }

  #target(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  #vector(slot: number, elementBytes: number): { readonly at: number; readonly length: number } | null {
    const place = this.#place(slot);
    if (place === null) return null;
    const start = this.#target(place);
    const length = this.view.getUint32(start, true);
    if (start + 4 + length * elementBytes > this.view.byteLength) throw new RangeError('A list ends behind the file.');
    return { at: start + 4, length };
  }
}

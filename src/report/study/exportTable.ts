/** A flat table for other tools; columns are equally long. */
export interface ExportTable {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly columns: readonly ExportColumn[];
}

export interface ExportColumn {
  /** With its unit at the end: "medianMs". */
  readonly name: string;
  readonly kind: 'text' | 'number' | 'count' | 'flag';
  /** Null where it was not measured. Text is inert. */
  readonly values: readonly (string | number | boolean | null)[];
}

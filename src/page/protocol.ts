/** A file that the user gave, with its path in what was dropped: `bundle/run.json`. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

/** What the page asks its worker for. A worker answers one request. */
export interface PageRequest {
  readonly files: readonly GivenFile[];
  /** Name of the user-timing measures that are inferences, as `analyze --mark` takes it. */
  readonly mark: string | null;
  readonly symbols: File | null;
  readonly toolVersion: string;
  /** The script that runs in a report. */
  readonly client: string;
}

/** All texts may hold names from files: untrusted. */
export type PageAnswer =
  | { readonly kind: 'progress'; readonly text: string /** 0 to 1; null if it is not known. */; readonly share: number | null }
  | {
      readonly kind: 'done';
      readonly report: string;
      /** What `trace analyze --json` prints. */
      readonly json: string;
      /** Why some of several inputs are left out. */
      readonly refused: readonly string[];
    }
  | { readonly kind: 'refused'; readonly refused: readonly string[] };

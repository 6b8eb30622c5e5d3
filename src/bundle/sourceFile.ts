/** A file that is read: on disk, packed in a zip, or dropped on a page. */
export interface SourceFile {
  /** What messages call it: its path, or its name behind that of what it lies in. Untrusted text. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Whether it is stored in fewer bytes than these, so that a small input may give a very large file. */
  readonly isInflated: boolean;
  /** Its bytes in order. A chunk is valid only until the next one is asked for. */
  chunks(): AsyncGenerator<Uint8Array, undefined, undefined>;
  /** All of its bytes. */
  whole(): Promise<Uint8Array>;
}

/** A file that is read from any place in it. */
export interface SeekableFile extends SourceFile {
  /** So many bytes from there on; fewer where the file ends. */
  at(fromByte: number, bytes: number): Promise<Uint8Array>;
}

/** The files of a bundle by their names in it, such as `qoe/0-none/trace.json.gz`, whatever holds them. */
export interface SourceFiles {
  /** What messages call the whole. Untrusted text. */
  readonly name: string;
  /**
   * @returns null if there is no such file
   * @throws if it cannot be read, or is no regular file
   */
  file(name: string): Promise<SourceFile | null>;
}

/** What `analyze` takes: the files of a bundle, or one that should be a trace. */
export type Source =
  | { readonly kind: 'bundle'; readonly files: SourceFiles }
  | { readonly kind: 'trace'; readonly file: SourceFile };

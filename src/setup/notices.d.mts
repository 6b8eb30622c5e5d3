/** A package that a bundle holds parts of. */
export interface Held {
  /** With its version. */
  readonly name: string;
  readonly license: string;
  readonly source: string;
  /** Of its licence and notices; empty if it holds none. */
  readonly text: string;
}

export function packagesIn(inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>, root: string): Held[];
export function noticesText(packages: readonly Held[]): string;
export function noticesComment(packages: readonly Held[]): string;
export function noticesFile(packages: readonly Held[]): string;

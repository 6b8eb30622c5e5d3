import { createHash } from 'node:crypto';

/** Modules that a server rewrites before a page gets them. */
export interface RewrittenModules<Module extends { readonly bytes: Uint8Array }> {
  /** Each module is rewritten once, however often it is asked for. */
  rewrite(bytes: Uint8Array): Uint8Array;
  /** Those that were asked for, by the content hash of the module as published. */
  readonly made: ReadonlyMap<string, Module>;
}

export function rewrittenModules<Module extends { readonly bytes: Uint8Array }>(
  write: (bytes: Uint8Array, sha256: string) => Module,
): RewrittenModules<Module> {
  const made = new Map<string, Module>();
  return {
    made,
    rewrite(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const module = made.get(sha256) ?? write(bytes, sha256);
      made.set(sha256, module);
      return module.bytes;
    },
  };
}

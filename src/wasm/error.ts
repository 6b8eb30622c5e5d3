/** A module that cannot be read: `offset` is the byte in the module at which reading stopped, `reason` says why. */
export class WasmError extends Error {
  override readonly name = 'WasmError';

  constructor(
    readonly offset: number,
    readonly reason: string,
  ) {
    super(`not a readable WebAssembly module: ${reason} (at byte ${offset})`);
  }
}

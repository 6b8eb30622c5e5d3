/**
 * A module that cannot be read: `offset` is the byte in the module at which reading stopped, `reason` says why. It has no stack trace:
 * a module may have a broken section in every few bytes, and to record where each was noticed took seconds.
 */
export class WasmError extends Error {
  override readonly name = 'WasmError';
  readonly offset: number;
  readonly reason: string;

  constructor(offset: number, reason: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`not a readable WebAssembly module: ${reason} (at byte ${offset})`);
    Error.stackTraceLimit = stackTraceLimit;
    this.offset = offset;
    this.reason = reason;
  }
}
